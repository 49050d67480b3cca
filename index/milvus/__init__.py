"""The engine over Milvus: passages as rows of its collections."""
