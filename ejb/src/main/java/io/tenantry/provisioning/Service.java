package io.tenantry.provisioning;

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
        ORDERED,
        PROVISIONING,
        ACTIVE,
        SUSPENDED,
        TERMINATING,
        TERMINATED,
        FAILED,
        UNKNOWN
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
        expect(State.ORDERED, State.PROVISIONING);
        this.address = address;
        activatedAt = at;
        state = State.ACTIVE;
    }

    /** It has another size, at that size's price in force. */
    void become(UUID planId, UUID priceVersionId) {
        expect(State.ACTIVE);
        this.planId = planId;
        this.priceVersionId = priceVersionId;
    }

    void end(Instant at) {
        expect(State.ACTIVE, State.SUSPENDED);
        endedAt = at;
        state = State.TERMINATED;
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

    private void expect(State... allowed) {
        for (var one : allowed) {
            if (state == one) {
                return;
            }
        }
        throw new WrongState(id, state);
    }
}
