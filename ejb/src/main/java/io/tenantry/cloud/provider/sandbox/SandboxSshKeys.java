package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderSshKeys;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The public keys stored by accounts. */
final class SandboxSshKeys {
    private static final int KEYS_MAX = 100;
    private static final int ID_LENGTH = 12;

    private final TextFileStore textFileStore;

    SandboxSshKeys(TextFileStore textFileStore) {
        this.textFileStore = textFileStore;
    }

    synchronized List<ProviderSshKeys.Key> of(String account) {
        return textFileStore
                .find(account)
                .map(text -> SandboxServerCodec.fields(text).each("keys").stream()
                        .map(key -> new ProviderSshKeys.Key(
                                key.text("id"), key.maybeText("name").orElse(""), key.text("public_key")))
                        .toList())
                .orElse(List.of());
    }

    synchronized ProviderSshKeys.Key add(String account, String name, String publicKey) {
        if (PublicKeys.blob(publicKey).isEmpty()) {
            throw new ProviderFailure(Reason.INVALID, "not a public key");
        }
        var id = HexFormat.of()
                .formatHex(SandboxServerStore.digest(PublicKeys.blob(publicKey)))
                .substring(0, ID_LENGTH);
        var keys = new ArrayList<>(of(account));
        for (var one : keys) {
            if (one.id().equals(id)) {
                return one;
            }
        }
        if (keys.size() >= KEYS_MAX) {
            throw new ProviderFailure(Reason.LIMIT, "an account keeps " + KEYS_MAX + " keys");
        }
        var key = new ProviderSshKeys.Key(id, name, publicKey.strip());
        keys.add(key);
        write(account, keys);
        return key;
    }

    synchronized void remove(String account, String id) {
        var keys = new ArrayList<>(of(account));
        if (keys.removeIf(one -> one.id().equals(id))) {
            write(account, keys);
        }
    }

    private void write(String account, List<ProviderSshKeys.Key> keys) {
        var all = Json.createArrayBuilder();
        for (var key : keys) {
            all.add(Json.createObjectBuilder()
                    .add("id", key.id())
                    .add("name", key.name())
                    .add("public_key", key.publicKey()));
        }
        textFileStore.put(
                account, Json.createObjectBuilder().add("keys", all).build().toString());
    }
}
