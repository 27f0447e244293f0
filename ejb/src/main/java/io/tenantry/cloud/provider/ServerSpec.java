package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/**
 * The specification of a server, in the provider's codes.
 *
 * @param hostname the server's own hostname; letters, digits, dots and hyphens
 * @param keys public SSH keys that may log in as root, each a line as in authorized_keys
 * @param script run at the first start, where the provider has scripts; see {@link ProviderScripts}
 * @param options other settings that the provider needs for an account, such as a group of hypervisors; names are the adapter's
 */
public record ServerSpec(
        ResourceTag mark,
        String hostname,
        String region,
        String size,
        String image,
        List<String> keys,
        Optional<String> script,
        java.util.Map<String, String> options) {
    public ServerSpec {
        keys = List.copyOf(keys);
        options = java.util.Map.copyOf(options);
    }
}
