"""The Standard Prosecutor Interface (SPI): its words live in this room only."""
