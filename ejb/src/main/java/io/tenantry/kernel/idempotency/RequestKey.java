package io.tenantry.kernel.idempotency;

import java.util.Optional;
import java.util.UUID;

/**
 * The name that a program gave to a request, as it counts: the same name given for another organization is another key.
 *
 * @param organization for which the request is; none for requests that are for no organization, such as an operator's
 * @param key as it was sent
 */
public record RequestKey(Optional<UUID> organization, String key) {}
