package io.tenantry.cloud.provider;

import java.util.List;

/** A vendor that keeps public SSH keys of an account. */
public interface ProviderSshKeys {
    /** A key. */
    record Key(String id, String name, String publicKey) {}

    List<Key> keys();

    /** Keeps a key; one that it has already is fine. */
    Key addKey(String name, String publicKey);

    /** Gone already is fine. */
    void deleteKey(String id);
}
