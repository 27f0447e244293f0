package io.tenantry.catalog;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A technical size that the reseller sells. It is a draft until its first price is published, then on sale, and finally retired: no new orders,
 * while services on it continue at the price they accepted.
 */
@Entity
@Table(name = "plan")
public class Plan {
    @Id
    private UUID id;

    private String code;
    private String name;
    private String category;
    private int vcpus;

    @Column(name = "memory_mib")
    private int memoryMib;

    @Column(name = "disk_gib")
    private int diskGib;

    @Column(name = "transfer_gib")
    private int transferGib;

    @Column(name = "transfer_unlimited")
    private boolean transferUnlimited;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "created_at")
    private Instant createdAt;

    @ElementCollection
    @CollectionTable(name = "plan_region", joinColumns = @JoinColumn(name = "plan_id"))
    @Column(name = "region")
    private Set<String> regions = new HashSet<>();

    /** The states of a plan. */
    public enum State {
        DRAFT,
        ON_SALE,
        RETIRED
    }

    /**
     * The size of a plan.
     *
     * @param transferGib outgoing transfer included per month; zero means none is included, unless transfer is unlimited
     * @param transferUnlimited whether all transfer is included
     */
    public record Size(int vcpus, int memoryMib, int diskGib, int transferGib, boolean transferUnlimited) {
        /** Creates a size with metered transfer. */
        public Size(int vcpus, int memoryMib, int diskGib, int transferGib) {
            this(vcpus, memoryMib, diskGib, transferGib, false);
        }

        /** Whether such a server is possible. */
        boolean isWhole() {
            return vcpus >= 1
                    && memoryMib >= 1
                    && diskGib >= 0
                    && transferGib >= 0
                    && !(transferUnlimited && transferGib > 0);
        }
    }

    protected Plan() {}

    Plan(UUID id, String code, String name, String category, Size size, Set<String> regions, Instant createdAt) {
        this.id = id;
        this.code = code;
        this.name = name;
        this.category = category;
        vcpus = size.vcpus();
        memoryMib = size.memoryMib();
        diskGib = size.diskGib();
        transferGib = size.transferGib();
        transferUnlimited = size.transferUnlimited();
        state = State.DRAFT;
        this.regions.addAll(regions);
        this.createdAt = createdAt;
    }

    /** Records a first price, which puts a draft on sale; a retired plan takes no further price. */
    void priced() {
        if (state == State.RETIRED) {
            throw new IllegalStateException("plan " + code + " is retired and accepts no new price");
        }
        state = State.ON_SALE;
    }

    void retire() {
        state = State.RETIRED;
    }

    /** Reverts the retirement. */
    void reinstate(State before) {
        if (state != State.RETIRED) {
            throw new IllegalStateException("plan " + code + " is not retired but " + state);
        }
        state = before;
    }

    boolean isSoldIn(String region) {
        return state == State.ON_SALE && regions.contains(region);
    }

    State state() {
        return state;
    }

    UUID id() {
        return id;
    }

    String code() {
        return code;
    }

    String name() {
        return name;
    }

    String category() {
        return category;
    }

    Instant createdAt() {
        return createdAt;
    }

    Size size() {
        return new Size(vcpus, memoryMib, diskGib, transferGib, transferUnlimited);
    }
}
