package io.tenantry.cloud.provisioning;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an organization rents and is charged for, from order to end: ordered, provisioned, active (possibly suspended and resumed), terminated;
 * or failed, with a reason in its timeline. Each transition checks its own precondition.
 */
@Entity
@Table(name = "service")
@SuppressWarnings("UnusedVariable") // Fields that only lists show are read by their SQL.
public class Service {
    @Id
    private UUID id;

    @Column(name = "organization_id")
    private UUID organizationId;

    @Column(name = "wallet_id")
    private UUID walletId;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String name;

    @Column(name = "plan_id")
    private UUID planId;

    @Column(name = "price_version_id")
    private UUID priceVersionId;

    private String region;
    private String provider;
    private @Nullable String address;
    private @Nullable String account;
    private boolean locked;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "ordered_at")
    private Instant orderedAt;

    @Column(name = "activated_at")
    private @Nullable Instant activatedAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Version
    private int version;

    /** Kinds of services. */
    public enum Kind {
        VPS,
        DEDICATED,
        CONTAINER,
        HOSTING,
        DOMAIN
    }

    /** Lifecycle state. */
    public enum State {
        /** Ordered, and not requested from a provider yet. */
        ORDERED,
        /** Requested from a provider. */
        PROVISIONING,
        /** Up and charged. */
        ACTIVE,
        /** Suspended, by staff for a reason or for debt: it is charged, and its customer can only terminate it. */
        SUSPENDED,
        /** No longer charged, and being deleted. */
        TERMINATING,
        TERMINATED,
        /** Was never up. */
        FAILED,
        /** It is unknown whether its server was created; staff must check. */
        UNKNOWN;

        /** Whether that transition is allowed. */
        boolean mayBecome(State next) {
            return switch (this) {
                case ORDERED -> next == PROVISIONING || next == ACTIVE || next == FAILED;
                case PROVISIONING -> next == ACTIVE || next == UNKNOWN || next == FAILED;
                case UNKNOWN -> next == PROVISIONING || next == FAILED;
                case ACTIVE -> next == SUSPENDED || next == TERMINATING || next == TERMINATED;
                case SUSPENDED -> next == ACTIVE || next == TERMINATING || next == TERMINATED;
                case TERMINATING -> next == TERMINATED;
                case TERMINATED, FAILED -> false;
            };
        }
    }

    protected Service() {}

    Service(UUID id, UUID walletId, Order order, UUID priceVersionId, String provider, Instant orderedAt) {
        this.id = id;
        this.organizationId = order.organizationId();
        this.walletId = walletId;
        this.kind = Kind.VPS;
        this.name = order.name().strip();
        this.planId = order.planId();
        this.priceVersionId = priceVersionId;
        this.region = order.region();
        this.provider = provider;
        this.orderedAt = orderedAt;
        state = State.ORDERED;
    }

    /** Activates the service, reachable at the address. */
    void activate(String address, Instant at) {
        turn(State.ACTIVE);
        this.address = address;
        activatedAt = at;
    }

    /** Changes the plan, at its price in force. */
    void become(UUID planId, UUID priceVersionId) {
        if (state != State.ACTIVE) {
            throw new InvalidStateException(id, state);
        }
        this.planId = planId;
        this.priceVersionId = priceVersionId;
    }

    void end(Instant at) {
        if (!isRunning()) {
            throw new InvalidStateException(id, state);
        }
        turn(State.TERMINATED);
        endedAt = at;
    }

    /** Terminates the service: it is no longer charged; its server at a provider remains to be deleted. */
    void terminate(Instant at) {
        turn(State.TERMINATING);
        endedAt = at;
    }

    /** Whether there is a server at a provider, and not only in the database. */
    boolean hasServer() {
        return account != null;
    }

    /** Whether it is running and its deletion lock is set. */
    boolean isProtected() {
        return locked && isRunning();
    }

    String name() {
        return name;
    }

    UUID id() {
        return id;
    }

    UUID organizationId() {
        return organizationId;
    }

    UUID walletId() {
        return walletId;
    }

    UUID planId() {
        return planId;
    }

    String region() {
        return region;
    }

    State state() {
        return state;
    }

    /** Whether it can be terminated. */
    boolean isRunning() {
        return state == State.ACTIVE || state == State.SUSPENDED;
    }

    private void turn(State next) {
        if (!state.mayBecome(next)) {
            throw new InvalidStateException(id, state);
        }
        state = next;
    }
}
