package io.tenantry.cloud.provider;

import java.util.List;

/** A provider that stores the public SSH keys of an account. */
public interface ProviderSshKeys {
    /** A key. */
    record Key(String id, String name, String publicKey) {}

    List<Key> keys();

    /** Adds a key; idempotent. */
    Key addKey(String name, String publicKey);

    /** Deletes a key; idempotent. */
    void deleteKey(String id);
}
