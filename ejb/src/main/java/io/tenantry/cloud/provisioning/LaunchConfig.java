package io.tenantry.cloud.provisioning;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an ordered server is to begin with. Two that say the same are written the same, whatever the order was in which it was said: an
 * idempotency key knows an order by that.
 *
 * @param image a system by the reseller's name of it; blank for the usual one
 * @param keys SSH keys of the organization
 * @param script one of its start-up scripts
 * @param answers to what the script asks for, by field
 */
public record LaunchConfig(String image, List<UUID> keys, Optional<UUID> script, Map<String, String> answers) {
    /** Nothing was chosen. */
    public static final LaunchConfig USUAL = new LaunchConfig("", List.of(), Optional.empty(), Map.of());

    public LaunchConfig {
        image = image.strip();
        keys = keys.stream().distinct().sorted().toList();
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }
}
