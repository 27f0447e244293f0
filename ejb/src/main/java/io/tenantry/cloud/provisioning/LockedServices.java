package io.tenantry.cloud.provisioning;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Loads services under a row lock that lasts until the caller's transaction ends. */
@ApplicationScoped
public class LockedServices {
    /** The operation's name on pages. */
    private static final String PUT_BACK = "restore";

    private static final String RESCUED = "rescued";

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Clock clock;

    /** For the container. */
    public LockedServices() {}

    /** For use outside a container. */
    LockedServices(Sql sql, Access access, Clock clock) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Loads and locks a service for a caller with the permission to manage it.
     *
     * @throws NotFoundException also if the service is not visible to the caller
     */
    Services.Summary take(UUID serviceId) {
        var found = takeUnchecked(serviceId);
        access.requireIn(found.organizationId(), Permission.VPS_MANAGE);
        return found;
    }

    /** Loads and locks a service for a caller whose permission is yet to be checked. */
    Services.Summary takeUnchecked(UUID serviceId) {
        if (sql.query("select id from service where id = ? for no key update", row -> row.uuid("id"), serviceId)
                .isEmpty()) {
            throw new NotFoundException("service", serviceId);
        }
        return sql.one(Services.SUMMARIES + " where s.id = ?", Services.summaryAt(clock.instant()), serviceId);
    }

    /**
     * Loads and locks an active service for an operation on its server.
     *
     * @throws InvalidStateException unless the service is active
     */
    Services.Summary takeActive(UUID serviceId) {
        var found = take(serviceId);
        if (found.state() != Service.State.ACTIVE) {
            throw new InvalidStateException(serviceId, found.state());
        }
        return found;
    }

    /** Whether its wallet cannot be used at present: then nothing is sold on it, and nothing that would charge it is started. */
    boolean isParked(UUID serviceId) {
        return sql.one(
                "select w.parked is not null as parked from service s join wallet w on w.id = s.wallet_id where s.id = ?",
                row -> row.flag("parked"),
                serviceId);
    }

    /** Returns what prevents a change of the server, in one word: an operation in progress, or its rescue system. */
    Optional<String> meanwhile(Services.Summary service) {
        return underWay(service).or(() -> service.rescued() ? Optional.of(RESCUED) : Optional.empty());
    }

    /** Returns the operation in progress, in one word; empty if there is none that a change would have to wait for. */
    Optional<String> underWay(Services.Summary service) {
        return service.switching()
                .map(PendingPowerAction::word)
                .or(() -> service.changing().map(OperationInProgress::word))
                .or(() -> isPutBack(service.id()) ? Optional.of(PUT_BACK) : Optional.empty());
    }

    /** Whether one of its backups is being restored, which is never repeated: a concurrent change of the server might lose either. */
    private boolean isPutBack(UUID serviceId) {
        return sql.one(
                "select exists (select from addon_v where service_id = ? and pending_action = 'RESTORE') as is_so",
                row -> row.flag("is_so"),
                serviceId);
    }
}
