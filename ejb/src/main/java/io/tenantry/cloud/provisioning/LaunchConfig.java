package io.tenantry.cloud.provisioning;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The launch configuration of an ordered server. Equal configurations have the same textual form regardless of the order of their elements: an
 * idempotency key identifies an order by it.
 *
 * @param image an image by the reseller's name; blank for the default
 * @param keys SSH keys of the organization
 * @param script one of its start-up scripts
 * @param answers values of the script's fields
 */
public record LaunchConfig(String image, List<UUID> keys, Optional<UUID> script, Map<String, String> answers) {
    /** The default configuration. */
    public static final LaunchConfig USUAL = new LaunchConfig("", List.of(), Optional.empty(), Map.of());

    public LaunchConfig {
        image = image.strip();
        keys = keys.stream().distinct().sorted().toList();
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }
}
