package io.tenantry.workqueue;

import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * A claimed work item.
 *
 * @param subject the id of its subject, such as a service
 * @param fence the fencing number, which makes a late holder harmless: it rises with every claim
 * @param attempt the number of this attempt since the last success; from 1
 * @param writtenAt when it was decided, by the database's clock
 */
public record ClaimedWorkItem(
        long id, TenantId tenant, String kind, String key, UUID subject, long fence, int attempt, Instant writtenAt) {}
