package io.tenantry.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * How a one-time link reached its person.
 *
 * @param mailedTo the address that it went to; empty where there is no mail
 * @param expiresAt when it stops working
 * @param shown the link itself, for the system and for operators, who have no mail; empty for everybody else
 */
public record LinkSent(Optional<String> mailedTo, Instant expiresAt, Optional<IssuedLink> shown) {}
