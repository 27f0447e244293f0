package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people see of options: of a server, of an organization, of one. */
@Stateless
public class AddonQuery {
    static final int SHOWN_MAX = 200;

    /** One that could not be made is shown as long. */
    static final Duration SHOWN_FOR = Duration.ofDays(1);

    static final String FROM = """
            select o.id, o.organization_id, o.service_id, s.name as service, s.state in ('TERMINATED', 'TERMINATING', 'FAILED') as over,
                   o.name, o.quantity, o.state, o.attached, o.wanted, coalesce(o.pending_quantity, o.quantity) as pending_quantity,
                   r.name as region, v.currency, v.hourly, v.monthly, o.activated_at, o.ended_at, o.failure, o.keeping, o.policy, o.percent,
                   coalesce(m.month_cap - m.cap + m.amount, 0) as this_month
              from addon o
              join service s on s.id = o.service_id
              join region r on r.code = s.region
              join price_version v on v.id = o.price_version_id
              left join lateral (select * from rated_period m where m.service_id = o.id order by m.id desc limit 1) m on true
            """;

    /** Those of the server, and those at none that could be attached to it. One that has failed is shown for a day. */
    private static final String OF_SERVER = FROM + """
              join service h on h.id = ?
             where o.kind = 'VOLUME'
               and o.organization_id = h.organization_id
               and (o.service_id = h.id
                      and (o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                           or o.state = 'FAILED' and o.ended_at > ?)
                    or o.state = 'ACTIVE' and not o.attached and o.wanted is null and o.account = h.account
                      and o.provider_region = h.provider_region)
             order by o.service_id <> h.id, lower(o.name), o.id
             limit ?
            """;

    private static final String OF_ORGANIZATION = FROM + """
             where o.kind = 'VOLUME' and o.organization_id = ? and o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')
             order by lower(o.name), o.id
             limit ?
            """;

    /** A volume that is detached stays with its last server, and does not run with it. */
    private static final String BESIDES = """
            select o.organization_id, v.currency, cast(count(*) as integer) as options, sum(v.hourly) as hourly, sum(v.monthly) as monthly
              from addon o
              join price_version v on v.id = o.price_version_id
             where o.service_id = ? and o.state = 'ACTIVE' and (o.kind <> 'VOLUME' or o.attached)
             group by o.organization_id, v.currency
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AddonServers addonServers;

    @Inject
    AddonPricing addonPricing;

    /** For the container. */
    public AddonQuery() {}

    /** For use outside a container. */
    AddonQuery(Sql sql, Clock clock, Access access, AddonServers addonServers, AddonPricing addonPricing) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.addonServers = addonServers;
        this.addonPricing = addonPricing;
    }

    /**
     * An option as people see it.
     *
     * @param serviceId the server that it is of, or of which it was last
     * @param isServerOver whether that has ended
     * @param wanted what is being done about it
     * @param thisMonth charged in the current rated month
     * @param failure in the vendor's words; for staff
     * @param keeping how the vendor keeps it, if it is a snapshot
     * @param policy how often a server is copied, if it is its backups and that was chosen
     * @param percent how far the vendor is with what it was asked for; 0 if it does not say
     */
    public record Shown(
            UUID id,
            UUID organizationId,
            UUID serviceId,
            String service,
            boolean isServerOver,
            String name,
            int quantity,
            State state,
            boolean isAttached,
            Optional<Wanted> wanted,
            int wantedQuantity,
            String region,
            Money hourly,
            Money monthly,
            Money thisMonth,
            Optional<Instant> activatedAt,
            Optional<Instant> endedAt,
            String failure,
            Optional<Keeping> keeping,
            Optional<Policy> policy,
            int percent) {
        /** Whether it is on its way, and its vendor says how far. */
        public boolean isMeasured() {
            return state == State.ORDERED && percent > 0;
        }

        /** Whether it is over by itself when its server is. */
        public boolean isOfServer() {
            return keeping.filter(Keeping.WITH_SERVER::equals).isPresent();
        }

        /** Whether it is over by itself when its server's backups are switched off. */
        public boolean isOfBackups() {
            return keeping.filter(Keeping.WITH_BACKUPS::equals).isPresent();
        }
    }

    /**
     * What runs with a server: volumes, backups, snapshots, addresses.
     *
     * @param options how many
     * @param hourly what they cost an hour together
     * @param monthly and a whole month
     */
    public record AdditionalAddresses(UUID organizationId, int options, Money hourly, Money monthly) {}

    /** A backup that the vendor has. */
    public record RestorePoint(String id, String name, long sizeMib, boolean isReady, Instant takenAt) {}

    /**
     * What a server can have of a kind.
     *
     * @param isThere whether there is such a thing where it is
     * @param offer what it costs now; empty if the reseller does not offer it
     */
    public record Choice(boolean isThere, Optional<AddonPricing.Offer> offer) {}

    /**
     * What a server can have of backups.
     *
     * @param isThere whether there is such a thing where it is
     * @param rhythms what the reseller offers of it
     */
    public record BackupChoice(boolean isThere, List<BackupFrequency> rhythms) {
        public BackupChoice {
            rhythms = List.copyOf(rhythms);
        }
    }

    /**
     * How often a server can be copied, and for how much.
     *
     * @param retention what is kept of that
     */
    public record BackupFrequency(Backups.Retention retention, AddonPricing.Offer offer) {}

    /** The volumes of a server, and those of its organization that could be attached to it. */
    public List<Shown> volumesOf(UUID serviceId) {
        var yesterday = clock.instant().minus(SHOWN_FOR);
        var all = sql.query(OF_SERVER, AddonQuery::shown, serviceId, yesterday, SHOWN_MAX);
        all.stream().findFirst().ifPresent(this::requireView);
        return all;
    }

    /** All volumes of an organization that cost, or will. */
    public List<Shown> volumesIn(UUID organizationId) {
        access.requireIn(organizationId, Permission.VPS_VIEW);
        return sql.query(OF_ORGANIZATION, AddonQuery::shown, organizationId, SHOWN_MAX);
    }

    /** One volume. */
    public Shown volume(UUID volumeId) {
        var found = sql.first(FROM + " where o.kind = 'VOLUME' and o.id = ?", AddonQuery::shown, volumeId)
                .orElseThrow(() -> new NotFoundException("volume", volumeId));
        requireView(found);
        return found;
    }

    /** Running servers to which a volume could be attached, by name. */
    public List<Target> targets(UUID volumeId) {
        var volume = volume(volumeId);
        return sql.query(
                """
                select s.id, s.name
                  from service s
                  join addon o on o.id = ? and o.account = s.account and o.provider_region = s.provider_region
                 where s.organization_id = ? and s.state in ('ACTIVE', 'SUSPENDED') and s.provider_ref is not null
                 order by lower(s.name), s.id
                 limit ?
                """, row -> new Target(row.uuid("id"), row.text("name")), volumeId, volume.organizationId(), SHOWN_MAX);
    }

    /** A server to which a volume could be attached. */
    public record Target(UUID id, String name) {}

    /** The backups of a server, if they are on, on their way or on their way out. */
    public Optional<Shown> backups(UUID serviceId) {
        var found = sql.first(FROM + """
                 where o.kind = 'BACKUP' and o.service_id = ? and o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """, AddonQuery::shown, serviceId);
        found.ifPresent(this::requireView);
        return found;
    }

    /** What the vendor has of backups, the latest first. */
    public List<RestorePoint> copies(Shown backups) {
        requireView(backups);
        return sql.query(
                """
                select c.copy_id, c.name, c.size_mib, c.ready, c.taken_at
                  from addon_restore_point c
                 where c.option_id = ?
                 order by c.taken_at desc, c.copy_id
                 limit ?
                """,
                row -> new RestorePoint(
                        row.text("copy_id"),
                        row.text("name"),
                        row.big("size_mib"),
                        row.flag("ready"),
                        row.instant("taken_at")),
                backups.id(),
                SHOWN_MAX);
    }

    /** What a server can have of volumes. */
    public Choice volumeChoice(UUID serviceId) {
        return choice(serviceId, Volumes.class, AddonType.VOLUME);
    }

    /** How often a server can be copied. */
    public BackupChoice backupChoice(UUID serviceId) {
        var host = addonServers.read(serviceId, Permission.VPS_VIEW);
        var policies = host.isUp() ? addonServers.policies(host) : List.<Backups.Retention>of();
        var prices = addonPricing.backups(host.currency());
        return new BackupChoice(
                !policies.isEmpty(),
                policies.stream()
                        .flatMap(one -> prices.of(one.policy()).stream().map(offer -> new BackupFrequency(one, offer)))
                        .toList());
    }

    /** What runs with a server and is charged besides it; empty if nothing does. */
    public Optional<AdditionalAddresses> besides(UUID serviceId) {
        var found = sql.first(
                BESIDES,
                row -> new AdditionalAddresses(
                        row.uuid("organization_id"), row.whole("options"), money(row, "hourly"), money(row, "monthly")),
                serviceId);
        found.ifPresent(one -> access.requireIn(one.organizationId(), Permission.VPS_VIEW));
        return found;
    }

    /** What volumes cost now in a currency, for one that is to grow. */
    public Optional<AddonPricing.Offer> volumeOffer(Currency currency) {
        return addonPricing.offer(AddonType.VOLUME, currency);
    }

    /** All that is listed together is of one organization. */
    private void requireView(Shown one) {
        access.requireIn(one.organizationId(), Permission.VPS_VIEW);
    }

    private Choice choice(UUID serviceId, Class<?> capability, AddonType kind) {
        var host = addonServers.read(serviceId, Permission.VPS_VIEW);
        return new Choice(host.isUp() && addonServers.can(host, capability), addonPricing.offer(kind, host.currency()));
    }

    static Shown shown(Row row) {
        return new Shown(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.uuid("service_id"),
                row.text("service"),
                row.flag("over"),
                row.text("name"),
                row.whole("quantity"),
                State.valueOf(row.text("state")),
                row.flag("attached"),
                row.maybeText("wanted").map(Wanted::valueOf),
                row.whole("pending_quantity"),
                row.text("region"),
                money(row, "hourly"),
                money(row, "monthly"),
                money(row, "this_month"),
                row.maybeInstant("activated_at"),
                row.maybeInstant("ended_at"),
                row.text("failure"),
                row.maybeText("keeping").map(Keeping::valueOf),
                row.maybeText("policy").map(Policy::valueOf),
                row.whole("percent"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
