package io.tenantry.people.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * How a one-time link was delivered.
 *
 * @param mailedTo the address that it went to; empty for operators of a platform without a mail server
 * @param isKept whether the mail is kept and not sent, because no mail server is configured
 * @param expiresAt when it expires
 * @param shown an invitation's link itself, for the system, and for operators of a platform without a mail server; empty for everyone else
 */
public record LinkSent(Optional<String> mailedTo, boolean isKept, Instant expiresAt, Optional<IssuedLink> shown) {}
