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
 * What an organization rents and is charged for, from the order to the end: ordered, provisioned, active (perhaps suspended and
 * back), terminated; or failed, with a reason in its timeline. Each transition guards itself.
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

    /** Sorts of services. */
    public enum Kind {
        VPS,
        DEDICATED,
        CONTAINER,
        HOSTING,
        DOMAIN
    }

    /** Where a service is in its life. */
    public enum State {
        /** Wanted; nobody was asked for it yet. */
        ORDERED,
        /** A vendor was asked for it. */
        PROVISIONING,
        /** It runs, and is charged. */
        ACTIVE,
        /** It was switched off, by staff for a reason or for debt: it is charged, and its customer can only end it. */
        SUSPENDED,
        /** It is charged no more, and on its way out. */
        TERMINATING,
        TERMINATED,
        /** It never came up. */
        FAILED,
        /** Nobody can tell whether it was made; a person has to look. */
        UNKNOWN;

        /** Whether there is a way from here to there. */
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

    /** It runs from now on, reachable at the address. */
    void activate(String address, Instant at) {
        turn(State.ACTIVE);
        this.address = address;
        activatedAt = at;
    }

    /** It has another size, at that size's price in force. */
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

    /** It is charged no more; its server at a vendor is still to be deleted. */
    void terminate(Instant at) {
        turn(State.TERMINATING);
        endedAt = at;
    }

    /** Whether there is a server at a vendor, and not only in our books. */
    boolean hasServer() {
        return account != null;
    }

    /** Whether it runs, and cannot be ended until somebody unlocks it. */
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

    /** Whether it can be ended. */
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
