"""The invented authority „Landkreis Musterau“ for demonstration and tests of the whole."""
