"""The public log: a Merkle tree as static files, signed checkpoints, receipts that verify offline. No Django."""
