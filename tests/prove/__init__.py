"""Proof by walking: very many sets of facts, and rules that must hold for each."""
