"""The desk: filing is answering. One message, or a block that says the same, goes to a topic and its answer leaves."""
