"""Write `soll.yaml` anew: `python -m tests.fundstellen`."""

from tests.fundstellen import write_soll

if __name__ == "__main__":
    write_soll()
