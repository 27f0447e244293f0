package io.tenantry.simulation;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ResourceTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Reports all errors once everything is quiet, from the provider's state and the tables. Shares no code with the product, except that it also
 * runs the auditor.
 */
final class ConsistencyCheck {
    private static final String SERVICES = """
            select s.id, s.name, s.state, s.account is not null as made, coalesce(s.provider_ref, '') as number,
                   coalesce(s.provider_size, '') as size, coalesce(s.address, '') as address, s.rescue is not null as rescued
              from $.service s
             order by s.ordered_at, s.name
            """;

    /** Work in progress, or waiting for a decision. */
    private static final String UNREST = """
            select 'service ' || name || ' is ' || state || ', wanted ' || coalesce(pending_power, pending_operation, 'nothing')
              from $.service
             where state in ('ORDERED', 'PROVISIONING', 'UNKNOWN', 'TERMINATING') or pending_power is not null or pending_operation is not null
             union all
            select 'work ' || kind || ' ' || key || ' is ' || state || ': ' || coalesce(parked_reason, error, '')
              from work.work_item
             where tenant = $tenant and state in ('OPEN', 'PARKED') and key not like 'round:%'
             union all
            select 'finding ' || kind || ' of ' || provider_ref || ' is not certain, or something is done about it'
              from $.server_discrepancy
             where state = 'OPEN' and (confirmed_at is null or action is not null)
             union all
            select 'option ' || kind || ' ' || name || ' is ' || state || ', wanted ' || coalesce(pending_action, 'nothing')
              from $.addon
             where state in ('ORDERED', 'TERMINATING') or pending_action is not null
             union all
            select 'difference ' || kind || ' of ' || provider_ref || ' is not certain' from $.addon_discrepancy where confirmed_at is null
             union all
            select 'run until ' || until || ' is ' || state from work.charging_run where tenant = $tenant and state <> 'DONE'
            """;

    /** Whether the system of a service's server could be known after its last recorded operation: giving up leaves it open. */
    private static final String LAST_TURN = """
            select case when event in ('rescued', 'rescue_left', 'rebuilt', 'power_restarted', 'found_running') then 'sure' else 'unsure' end
              from $.service_event
             where (event in ('rescued', 'rescue_left', 'rebuilt', 'power_restarted', 'found_running', 'power_unsure', 'power_failed')
                    or event in ('rescue_failed', 'leave_rescue_failed') and facts ->> 'reason' = 'given_up')
               and service_id
            """;

    private final TableInspector tableInspector;
    private final List<Reseller> resellers;

    ConsistencyCheck(TableInspector tableInspector, List<Reseller> resellers) {
        this.tableInspector = tableInspector;
        this.resellers = resellers;
    }

    /** A service as stored in the tables. */
    private record StoredService(
            UUID id,
            String name,
            String state,
            boolean isMade,
            String number,
            String size,
            String address,
            boolean isRescued) {
        boolean isLive() {
            return state.equals("ACTIVE") || isSuspended();
        }

        boolean isSuspended() {
            return state.equals("SUSPENDED");
        }
    }

    /** Returns the entries in the timelines of a reseller's services, and their counts. */
    Map<String, Long> timelines(Reseller reseller) {
        var told = new TreeMap<String, Long>();
        tableInspector
                .texts(reseller.tenant, "select event from $.service_event")
                .forEach(what -> told.merge(what, 1L, Long::sum));
        return told;
    }

    /** Returns the work in progress. */
    List<String> pendingWork(Instant now) {
        var pendingWork = new ArrayList<String>();
        for (var reseller : resellers) {
            pendingWork.addAll(tableInspector.texts(reseller.tenant, UNREST));
            if (reseller.simulatedProvider.simulatedServers.isAnyPending(now)) {
                pendingWork.add("a server is still to come");
            }
            if (reseller.simulatedProvider.simulatedAddons.isAnyPending(now)) {
                pendingWork.add("an add-on is still to appear");
            }
        }
        return pendingWork;
    }

    /**
     * Returns all errors.
     *
     * @param charged the hour up to which was charged last
     */
    List<String> findErrors(Instant now, Instant charged) {
        var wrong = new ArrayList<String>(pendingWork(now));
        for (var reseller : resellers) {
            servers(reseller, now, wrong);
            orders(reseller, wrong);
            power(reseller, wrong);
            changes(reseller, wrong);
            wrong.addAll(Inventory.of(tableInspector, reseller, now));
            wrong.addAll(ExpectedCharges.of(tableInspector, reseller, now, charged));
            AuditorFixture.found(reseller.tenant).forEach(found -> wrong.add("the auditor: " + found));
        }
        return wrong;
    }

    /** Every running service has its server, every other server is reported, and nothing else is reported. */
    private void servers(Reseller reseller, Instant now, List<String> wrong) {
        var services = services(reseller);
        var there = reseller.simulatedProvider.simulatedServers.there(now);
        var expected = new TreeSet<String>();
        for (var service : services.values()) {
            if (service.isLive() && service.isMade()) {
                run(reseller, service, now, expected, wrong);
            }
        }
        for (var machine : there) {
            var service =
                    machine.mark.flatMap(resourceTag -> Optional.ofNullable(services.get(resourceTag.serviceId())));
            if (machine.mark.isEmpty()) {
                expected.add(discrepancy("UNMANAGED", machine));
            } else if (service.isEmpty()) {
                expected.add(discrepancy("UNKNOWN_SERVER", machine));
            } else if (!service.get().isLive()) {
                expected.add(discrepancy("ORPHANED", machine));
            }
        }
        var reported = new TreeSet<String>(
                tableInspector.texts(
                        reseller.tenant,
                        "select distinct kind || ' ' || provider_ref || ' ' || resource_tag from $.server_discrepancy where state <> 'RESOLVED'"));
        difference(expected, reported).forEach(one -> wrong.add("nobody reported " + one));
        difference(reported, expected).forEach(one -> wrong.add("it is not so: " + one));
    }

    private void run(Reseller reseller, StoredService service, Instant now, Set<String> expected, List<String> wrong) {
        var resourceTag = new ResourceTag(service.id());
        var all = reseller.simulatedProvider.simulatedServers.all().stream()
                .filter(machine -> machine.isOf(resourceTag))
                .toList();
        var mine = all.stream().filter(machine -> machine.exists(now)).toList();
        var own = mine.stream()
                .filter(machine -> machine.id.equals(service.number()))
                .findFirst();
        if (mine.size() > 1 && mine.stream().allMatch(Machine::isNormal)) {
            wrong.add("service " + service.name() + " has several servers, and nobody was late: " + mine);
        }
        if (own.isPresent()) {
            mine.stream()
                    .filter(machine -> !machine.id.equals(service.number()))
                    .forEach(machine -> expected.add(discrepancy("DUPLICATE", machine)));
            drift(service, own.get(), now, expected);
            if (all.size() == 1 && runsAnotherSystem(reseller, service, own.get(), now)) {
                wrong.add("service " + service.name() + " is told to be in its "
                        + (service.isRescued() ? "rescue" : "own") + " system, and is not: " + own.get());
            }
        } else if (mine.size() == 1) {
            expected.add(discrepancy("ID_CHANGED", mine.get(0)));
        } else if (mine.isEmpty()) {
            expected.add("MISSING " + service.number() + " " + resourceTag.text());
            if (all.stream().noneMatch(machine -> machine.id.equals(service.number()) && machine.isVanished)) {
                wrong.add("service " + service.name() + " runs, and its server did not go by itself: " + all);
            }
        } else {
            mine.forEach(machine -> expected.add(discrepancy("DUPLICATE", machine)));
        }
    }

    private static void drift(StoredService service, Machine machine, Instant now, Set<String> expected) {
        var state = machine.state(now);
        if (service.isSuspended() ? state == State.RUNNING : state == State.SUSPENDED || state == State.FAILED) {
            expected.add(discrepancy("DRIFT_POWER", machine));
        }
        if (!machine.size.equals(service.size())) {
            expected.add(discrepancy("DRIFT_PLAN", machine));
        }
        if (!machine.address.equals(service.address())) {
            expected.add(discrepancy("DRIFT_ADDRESS", machine));
        }
    }

    /** Whether a server runs another system than recorded, although that could be known. */
    private boolean runsAnotherSystem(Reseller reseller, StoredService service, Machine machine, Instant now) {
        return machine.state(now) == State.RUNNING
                && machine.isRescued() != service.isRescued()
                && machine.isNormal()
                && !machine.isSystemUnsure()
                && !tableInspector
                        .texts(reseller.tenant, LAST_TURN + " = '" + service.id() + "' order by id desc limit 1")
                        .contains("unsure");
    }

    private static String discrepancy(String kind, Machine machine) {
        return kind + " " + machine.id + " "
                + machine.mark.map(ResourceTag::text).orElse("");
    }

    private static Set<String> difference(Set<String> some, Set<String> others) {
        var difference = new TreeSet<String>(some);
        difference.removeAll(others);
        return difference;
    }

    /** Every confirmed order exists, and none exists twice. */
    private void orders(Reseller reseller, List<String> wrong) {
        var services = services(reseller);
        var names = new TreeSet<String>();
        for (var service : services.values()) {
            if (!names.add(service.name())) {
                wrong.add("order " + service.name() + " became two services");
            }
        }
        reseller.answered.forEach((name, id) -> {
            var service = services.get(id);
            if (service == null || !service.name().equals(name)) {
                wrong.add("order " + name + " was answered, and there is no service " + id);
            }
        });
    }

    /** Nothing was switched without a request, and nothing restarted twice. */
    private void power(Reseller reseller, List<String> wrong) {
        var wishes = new HashMap<String, Integer>();
        for (var request : tableInspector.texts(
                reseller.tenant,
                "select service_id || case event when 'power_restart' then ' restart' else ' switch' end from $.service_event"
                        + " where event in ('power_start', 'power_stop', 'power_restart', 'suspended', 'resumed')"
                        + " union all select service_id || ' switch' from $.server_discrepancy where kind = 'DRIFT_POWER' and action_count > 0")) {
            wishes.merge(request, 1, Integer::sum);
        }
        var simulatedServers = reseller.simulatedProvider.simulatedServers;
        simulatedServers.restarts().forEach((resourceTag, times) -> {
            if (times > wishes.getOrDefault(resourceTag.serviceId() + " restart", 0)) {
                wrong.add("a server of " + resourceTag + " was restarted " + times + " times");
            }
        });
        simulatedServers.switched().forEach((resourceTag, times) -> {
            if (!wishes.containsKey(resourceTag.serviceId() + " switch")) {
                wrong.add("a server of " + resourceTag + " was switched " + times + " times, and nobody wanted that");
            }
        });
    }

    /** Nothing was resized without a request, and nothing was erased or started into another system except while that was requested. */
    private void changes(Reseller reseller, List<String> wrong) {
        var simulatedServers = reseller.simulatedProvider.simulatedServers;
        var grown = new TreeSet<String>(tableInspector.texts(
                reseller.tenant, "select service_id from $.service_event where event = 'resize_wanted'"));
        simulatedServers.resized().forEach((resourceTag, times) -> {
            if (!grown.contains(resourceTag.serviceId().toString())) {
                wrong.add(
                        "a server of " + resourceTag + " was made to grow " + times + " times, and nobody wanted that");
            }
        });
        for (var erased : simulatedServers.erased()) {
            var last = last(reseller, erased.mark(), "'rebuild_wanted', 'rebuilt', 'rebuild_failed'", erased.at());
            if (!last.contains("rebuild_wanted")) {
                wrong.add("a server of " + erased.mark() + " was emptied at " + erased.at() + " after " + last);
            }
        }
        for (var systemStart : simulatedServers.systemStarts()) {
            var last = last(
                    reseller,
                    systemStart.mark(),
                    "'rescue_wanted', 'rescued', 'rescue_failed', 'leave_rescue_wanted', 'rescue_left', 'leave_rescue_failed'",
                    systemStart.at());
            if (!last.contains(systemStart.isRescue() ? "rescue_wanted" : "leave_rescue_wanted")) {
                wrong.add("a server of " + systemStart.mark() + " was started into its "
                        + (systemStart.isRescue() ? "rescue" : "own") + " system at " + systemStart.at() + " after "
                        + last);
            }
        }
    }

    /** Returns the latest of these lines in a service's timeline at that time. */
    private List<String> last(Reseller reseller, ResourceTag resourceTag, String lines, Instant then) {
        return tableInspector.texts(
                reseller.tenant,
                "select event from $.service_event where service_id = '" + resourceTag.serviceId() + "' and event in ("
                        + lines + ") and at <= '" + then + "' order by id desc limit 1");
    }

    private Map<UUID, StoredService> services(Reseller reseller) {
        var all = new LinkedHashMap<UUID, StoredService>();
        for (var service : tableInspector.all(
                reseller.tenant,
                SERVICES,
                row -> new StoredService(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("state"),
                        row.getBoolean("made"),
                        row.getString("number"),
                        row.getString("size"),
                        row.getString("address"),
                        row.getBoolean("rescued")))) {
            all.put(service.id(), service);
        }
        return all;
    }
}
