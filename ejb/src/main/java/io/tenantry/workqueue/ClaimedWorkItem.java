package io.tenantry.workqueue;

import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * A work item that was claimed.
 *
 * @param subject what it is about, such as a service
 * @param fence makes a late holder harmless: it rises with every claim
 * @param attempt the how manieth since it last went well; from 1
 * @param writtenAt when it was decided, by the database's clock
 */
public record ClaimedWorkItem(
        long id, TenantId tenant, String kind, String key, UUID subject, long fence, int attempt, Instant writtenAt) {}
