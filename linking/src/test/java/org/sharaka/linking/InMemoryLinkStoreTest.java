package org.sharaka.linking;

class InMemoryLinkStoreTest extends LinkStoreContract {
    @Override
    protected LinkStore emptyStore() {
        return new InMemoryLinkStore();
    }
}
