"""Letters of the floor `budget`: which kinds there are and the data that they print."""
