package org.sharaka.node.platform;

/** Where a PostgreSQL server listens and how to log in. */
record DatabaseAddress(String url, String user, Secret<String> password) {}
