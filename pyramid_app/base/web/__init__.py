"""Flask glue that knows no capability: who may come in, how a page is made, what a refusal looks like."""
