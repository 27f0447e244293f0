package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/**
 * The server that we want, in the vendor's codes.
 *
 * @param hostname what the server calls itself; letters, digits, dots and hyphens
 * @param keys public SSH keys that may enter as root, each a line as in authorized_keys
 * @param script run at the first start, where the vendor has such; see {@link ProviderScripts}
 * @param options what else the vendor needs of an account, such as a group of hypervisors; names are the adapter's
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
