package io.tenantry.simulation;

import io.tenantry.cloud.addon.AddonType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Independently calculates what each service cost and each wallet holds, from the recorded histories of services, and compares. */
final class ExpectedCharges {
    private final TableInspector tableInspector;
    private final Reseller reseller;
    private final Instant reached;
    private final Map<UUID, Rented> services = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();

    private ExpectedCharges(TableInspector tableInspector, Reseller reseller, Instant reached) {
        this.tableInspector = tableInspector;
        this.reseller = reseller;
        this.reached = reached;
        read();
    }

    /** A charged hour, or a sum of them. */
    private record Sum(UUID of, BigDecimal amount) {
        boolean isOther(long cents) {
            return amount.compareTo(BigDecimal.valueOf(cents, 2)) != 0;
        }
    }

    /** Returns the errors in a reseller's money. */
    static List<String> of(TableInspector tableInspector, Reseller reseller, Instant now, Instant reached) {
        var expectedCharges = new ExpectedCharges(tableInspector, reseller, reached);
        expectedCharges.services();
        expectedCharges.wallets();
        expectedCharges.books();
        expectedCharges.holds(now);
        return expectedCharges.wrong;
    }

    private void read() {
        query("select id, wallet_id from $.service order by ordered_at, name", row -> {
            var id = row.getObject(1, UUID.class);
            services.put(id, new Rented(id, row.getObject(2, UUID.class)));
            return id;
        });
        query(
                "select service_id, at, event, facts ->> 'plan' as plan from $.service_event"
                        + " where event in ('ordered', 'plan_changed', 'activated', 'ended') order by id",
                row -> {
                    var service = service(row.getObject("service_id", UUID.class));
                    var at = TableInspector.instant(row, "at").orElseThrow();
                    switch (row.getString("event")) {
                        case "activated" -> service.start(at);
                        case "ended" -> service.end(at);
                        default -> service.addPrice(at, price(row.getString("plan")));
                    }
                    return at;
                });
        readAddons();
        query(
                "select service_id, since, seen_until from $.server_discrepancy"
                        + " where kind = 'MISSING' and confirmed_at is not null and dismissed_at is null",
                row -> {
                    var since = TableInspector.instant(row, "since").orElseThrow();
                    service(row.getObject("service_id", UUID.class))
                            .addGap(
                                    since,
                                    TableInspector.instant(row, "seen_until").orElseThrow());
                    return since;
                });
    }

    /** Add-ons are charged while they exist; a growing volume costs the price of its target size from then on. */
    private void readAddons() {
        query(
                "select id, wallet_id, kind, quantity, activated_at, ended_at from $.addon order by ordered_at, id",
                row -> {
                    var id = row.getObject("id", UUID.class);
                    var kind = AddonType.valueOf(row.getString("kind"));
                    var rented = new Rented(id, row.getObject("wallet_id", UUID.class));
                    var quantity = kind == AddonType.VOLUME ? 0 : row.getInt("quantity");
                    TableInspector.instant(row, "activated_at").ifPresent(at -> {
                        rented.start(at);
                        rented.addPrice(at, Reseller.hourly(kind, quantity));
                    });
                    if (rented.isStarted()) {
                        TableInspector.instant(row, "ended_at").ifPresent(rented::end);
                    }
                    services.put(id, rented);
                    return id;
                });
        query("""
                select o.id, o.activated_at as at, a.facts ->> 'gib' as gib
                  from $.addon o
                  join $.audit_record a on a.action = 'volume.ordered' and a.subject_id = o.id::text
                 where o.activated_at is not null
                union all
                select o.id, e.at, (select a.facts ->> 'to_gib'
                                      from $.audit_record a
                                     where a.action = 'volume.grow' and a.subject_id = o.id::text and a.at <= e.at
                                     order by a.seq desc
                                     limit 1)
                  from $.addon o
                  join $.service_event e on e.event = 'volume_grown' and e.facts ->> 'addon' = o.name
                 order by at
                """, row -> {
            var at = TableInspector.instant(row, "at").orElseThrow();
            var gib = Integer.parseInt(row.getString("gib"));
            service(row.getObject("id", UUID.class)).addPrice(at, Reseller.hourly(AddonType.VOLUME, gib));
            return at;
        });
    }

    private static int price(String plan) {
        for (var number = 0; number < Reseller.PLANS; number++) {
            if (Reseller.nameOf(number).equals(plan)) {
                return Reseller.hourly(number);
            }
        }
        throw new IllegalStateException("no plan " + plan);
    }

    private Rented service(UUID id) {
        return Objects.requireNonNull(services.get(id));
    }

    /** Each service paid for each started hour, once, and a failed one for none. */
    private void services() {
        var charged = sums("select s.id, coalesce(sum(p.amount), 0)"
                + " from (select id from $.service union all select id from $.addon) s"
                + " left join $.rated_period p on p.service_id = s.id group by s.id");
        for (var sum : charged) {
            var owed = service(sum.of()).cents(reached);
            if (sum.isOther(owed)) {
                wrong.add("service " + sum.of() + " was charged " + sum.amount() + " and owes " + owed + " cents");
            }
        }
        for (var failed : tableInspector.texts(
                reseller.tenant,
                "select id from $.service where state = 'FAILED'"
                        + " union all select id from $.addon where state in ('ORDERED', 'FAILED')")) {
            if (service(UUID.fromString(failed)).isStarted()) {
                wrong.add("service " + failed + " has failed, and ran");
            }
        }
        for (var live : tableInspector.texts(
                reseller.tenant, "select id from $.service where state in ('ACTIVE', 'TERMINATING', 'TERMINATED')")) {
            if (!service(UUID.fromString(live)).isStarted()) {
                wrong.add("service " + live + " is up or was, and nobody knows since when");
            }
        }
    }

    /** A wallet holds its top-ups, less the cost of its services, plus refunds. */
    private void wallets() {
        for (var wallet : sums("select id, balance from $.wallet")) {
            long cents = reseller.toppedUp.getOrDefault(wallet.of(), 0L);
            for (var service : services.values()) {
                if (service.wallet.equals(wallet.of())) {
                    cents += service.refunded(reached) - service.cents(reached);
                }
            }
            if (wallet.isOther(cents)) {
                wrong.add("wallet " + wallet.of() + " holds " + wallet.amount() + ", expected " + cents + " cents");
            }
        }
    }

    private void books() {
        for (var entry : tableInspector.texts(
                reseller.tenant, "select entry_id from $.posting group by entry_id having sum(amount) <> 0")) {
            wrong.add("entry " + entry + " does not balance");
        }
        for (var wallet : tableInspector.texts(
                reseller.tenant,
                "select w.id from $.wallet w where w.balance <>"
                        + " (select coalesce(sum(p.amount), 0) from $.posting p where p.account_id = w.id)")) {
            wrong.add("wallet " + wallet + " is not the sum of its postings");
        }
    }

    private void holds(Instant now) {
        for (var hold : tableInspector.texts(
                reseller.tenant,
                "select service_id || ' ' || amount from $.wallet_reservation where state = 'RESERVED' and until > '"
                        + now + "'")) {
            wrong.add("money is held still: " + hold);
        }
    }

    private List<Sum> sums(String query) {
        return tableInspector.all(
                reseller.tenant, query, row -> new Sum(row.getObject(1, UUID.class), row.getBigDecimal(2)));
    }

    private void query(String query, TableInspector.Mapper<?> mapper) {
        var unused = tableInspector.all(reseller.tenant, query, mapper);
    }
}
