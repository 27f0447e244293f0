package io.tenantry.kernel.idempotency;

import java.util.Optional;
import java.util.UUID;

/**
 * The idempotency key of a request: the same text sent for another organization is another key.
 *
 * @param organization the organization the request is for; absent for requests that concern none, such as an operator's
 * @param key as it was sent
 */
public record RequestKey(Optional<UUID> organization, String key) {}
