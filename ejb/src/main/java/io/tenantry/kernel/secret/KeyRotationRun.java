package io.tenantry.kernel.secret;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rotation to a new key: all secrets of the current tenant sealed by an older key are re-encrypted, in every store. After that the older key
 * may be removed from the file.
 */
@ApplicationScoped
public class KeyRotationRun {
    @Inject
    Instance<SecretStore> found;

    @Inject
    Vault vault;

    private final List<SecretStore> given;

    /** For the container. */
    public KeyRotationRun() {
        given = List.of();
    }

    /** For use outside a container. */
    public KeyRotationRun(Vault vault, List<SecretStore> given) {
        this.vault = vault;
        this.given = List.copyOf(given);
    }

    /** Re-encrypts what the current key has not sealed; does nothing if there is no key at all. Never within a transaction. */
    public SecretStore.Count reencrypt() {
        var none = new SecretStore.Count(0, 0);
        return vault.isReady()
                ? secretStores().map(SecretStore::reencrypt).reduce(none, SecretStore.Count::plus)
                : none;
    }

    /** Returns how many secrets of the current tenant each key has sealed. */
    public Map<String, Integer> keys() {
        return secretStores()
                .flatMap(secretStore -> secretStore.keys().entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
    }

    private Stream<SecretStore> secretStores() {
        var all = given.isEmpty() ? found.stream() : given.stream();
        return Tenancy.scope().equals(Scope.PLATFORM) ? all.filter(SecretStore::isOfPlatform) : all;
    }
}
