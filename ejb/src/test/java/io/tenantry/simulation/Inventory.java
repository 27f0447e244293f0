package io.tenantry.simulation;

import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Compares the add-ons in the tables with those at the provider: none is paid for and missing, none exists and is free, unless that is reported
 * to staff, and nothing else is reported.
 */
final class Inventory {
    private static final String OPTIONS = """
            select o.id, o.kind, o.name, o.state, o.quantity, o.attached, coalesce(o.provider_ref, '') as number, o.service_id,
                   coalesce(s.provider_ref, '') as server, coalesce(o.server_number, '') as taken_of, s.state in ('ACTIVE', 'SUSPENDED') as is_live
              from $.addon o
              join $.service s on s.id = o.service_id
             order by o.ordered_at, o.id
            """;

    private final TableInspector tableInspector;
    private final Reseller reseller;
    private final Instant now;
    private final Map<UUID, StoredAddon> addons = new LinkedHashMap<>();
    private final TreeSet<String> expected = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();

    private Inventory(TableInspector tableInspector, Reseller reseller, Instant now) {
        this.tableInspector = tableInspector;
        this.reseller = reseller;
        this.now = now;
        tableInspector
                .all(reseller.tenant, OPTIONS, row -> {
                    var id = row.getObject("id", UUID.class);
                    return new StoredAddon(
                            id,
                            row.getString("kind"),
                            row.getString("name"),
                            row.getString("state"),
                            row.getInt("quantity"),
                            row.getBoolean("attached"),
                            row.getString("number"),
                            row.getObject("service_id", UUID.class),
                            row.getString("server"),
                            row.getString("taken_of"),
                            row.getBoolean("is_live"));
                })
                .forEach(one -> addons.put(one.id(), one));
    }

    /**
     * An add-on as stored in the tables.
     *
     * @param server its server's number
     * @param takenOf of a copy: the number that its server had when the copy was requested
     * @param isServerLive whether the server should exist
     */
    private record StoredAddon(
            UUID id,
            String kind,
            String name,
            String state,
            int quantity,
            boolean isAttached,
            String number,
            UUID service,
            String server,
            String takenOf,
            boolean isServerLive) {
        boolean isOver() {
            return state.equals("TERMINATED") || state.equals("FAILED");
        }

        boolean isPaid() {
            return state.equals("ACTIVE");
        }

        /** A person may have decided since that its server has another number: both are checked. */
        boolean isCopyOf(String number) {
            return kind.equals("SNAPSHOT") && (server.equals(number) || takenOf.equals(number));
        }
    }

    /** Returns all errors. */
    static List<String> of(TableInspector tableInspector, Reseller reseller, Instant now) {
        var inventory = new Inventory(tableInspector, reseller, now);
        inventory.answered();
        inventory.disks();
        inventory.copies();
        inventory.addresses();
        inventory.backups();
        inventory.missing();
        inventory.compareDiscrepancies();
        inventory.restores();
        return inventory.wrong;
    }

    private void answered() {
        reseller.addonIds.stream()
                .filter(id -> !addons.containsKey(id))
                .forEach(id -> wrong.add("ordered add-on is missing: " + id));
    }

    private Optional<StoredAddon> owner(String kind, String number, ResourceTag resourceTag) {
        return Optional.ofNullable(addons.get(resourceTag.serviceId()))
                .filter(one -> !one.isOver() && one.kind().equals(kind))
                .filter(one -> one.number().isEmpty() || one.number().equals(number));
    }

    private void disks() {
        for (var disk : reseller.simulatedProvider.simulatedAddons.existingVolumes(now)) {
            var owner = owner("VOLUME", disk.id, disk.resourceTag);
            if (owner.isEmpty()) {
                expected.add("UNKNOWN_ADDON " + disk.id);
                continue;
            }
            var listed = owner.get();
            if (listed.isPaid() && disk.sizeGib != listed.quantity()) {
                expected.add("SIZE " + disk.id);
            }
            if (listed.isAttached()
                    && !disk.isUnsure
                    && isNormal(listed)
                    && !isRefused(listed)
                    && disk.at(now).filter(listed.server()::equals).isEmpty()) {
                wrong.add("disk " + listed.name() + " is told to be at server " + listed.server() + ", and is at "
                        + disk.at(now));
            }
        }
    }

    private void copies() {
        for (var copy : reseller.simulatedProvider.simulatedAddons.existingSnapshots(now)) {
            var owner = owner("SNAPSHOT", copy.id(), copy.mark());
            if (!isChecked(copy.server())) {
                continue; // Its server is reported instead of it, or has had a third number since.
            }
            if (owner.isEmpty()) {
                expected.add("UNKNOWN_ADDON " + copy.id());
            } else if (owner.get().isPaid() && copy.gib() != owner.get().quantity()) {
                expected.add("SIZE " + copy.id());
            }
        }
    }

    /** Where copies are deleted with their server, the server is reported instead of them once its service has ended. */
    private boolean isChecked(String server) {
        var isApart = reseller.simulatedProvider.keeping() == Keeping.STANDALONE;
        return addons.values().stream().anyMatch(one -> one.isCopyOf(server) && (isApart || one.isServerLive()));
    }

    /** Checks servers for which an address was ever ordered. */
    private void addresses() {
        addons.values().stream()
                .filter(one -> one.kind().equals("ADDRESS") && one.isServerLive())
                .map(StoredAddon::service)
                .distinct()
                .forEach(service -> at(service)
                        .ifPresent(
                                machine -> reseller.simulatedProvider.simulatedAddons.addressesOf(machine, now).stream()
                                        .filter(address -> !isPaid(service, address.text()))
                                        .forEach(address -> expected.add("UNKNOWN_ADDON " + address.text()))));
    }

    private boolean isPaid(UUID service, String address) {
        return addons.values().stream()
                .anyMatch(one -> one.kind().equals("ADDRESS")
                        && !one.isOver()
                        && one.service().equals(service)
                        && one.number().equals(address));
    }

    /** Returns the server of a service, if it exists and has that service's mark. */
    private Optional<Machine> at(UUID service) {
        return addons.values().stream()
                .filter(one -> one.service().equals(service) && !one.server().isEmpty())
                .findFirst()
                .flatMap(one -> reseller.simulatedProvider.simulatedServers.at(one.server(), now))
                .filter(machine -> machine.isOf(new ResourceTag(service)));
    }

    /** Without late requests they are on if they are paid for, and off if not; after a late request, a difference is reported. */
    private void backups() {
        expectBackupDiscrepancies();
        var paid = new TreeSet<UUID>();
        for (var listed : addons.values()) {
            if (listed.kind().equals("BACKUP") && listed.isPaid()) {
                paid.add(listed.service());
                at(listed.service())
                        .filter(machine -> !machine.isBackedUp && !machine.isBackupUnsure && isNormal(listed))
                        .ifPresent(machine -> wrong.add("backups are paid for and off: " + machine));
            }
        }
        for (var machine : reseller.simulatedProvider.simulatedServers.there(now)) {
            var service = machine.mark.map(ResourceTag::serviceId);
            if (machine.isBackedUp
                    && !machine.isDeleted()
                    && !machine.isBackupUnsure
                    && !machine.wasAway
                    && service.filter(id -> paid.contains(id) || isGivenUp(id)).isEmpty()) {
                wrong.add("backups are on and free: " + machine);
            }
        }
    }

    private void expectBackupDiscrepancies() {
        var on = new TreeSet<String>();
        for (var server : tableInspector.texts(
                reseller.tenant,
                "select id || ' ' || provider_ref from $.service where state in ('ACTIVE', 'SUSPENDED') and provider_ref is not null")) {
            var service = UUID.fromString(server.substring(0, server.indexOf(' ')));
            var number = server.substring(server.indexOf(' ') + 1);
            if (reseller.simulatedProvider
                    .simulatedServers
                    .at(number, now)
                    .filter(one -> one.isBackedUp)
                    .isPresent()) {
                on.add(number);
                if (addons.values().stream().noneMatch(one -> isBackupOf(service, one))) {
                    expected.add("UNKNOWN_ADDON " + number);
                }
            }
        }
        addons.values().stream()
                .filter(one -> one.kind().equals("BACKUP")
                        && one.isPaid()
                        && !one.server().isEmpty())
                .filter(one -> !on.contains(one.server()))
                .forEach(one -> expected.add("MISSING " + one.server()));
    }

    private static boolean isBackupOf(UUID service, StoredAddon one) {
        return one.kind().equals("BACKUP") && !one.isOver() && one.service().equals(service);
    }

    /** A person decided that the request had no effect, which could not be verified. */
    private boolean isGivenUp(UUID service) {
        return !tableInspector
                .texts(
                        reseller.tenant,
                        "select 1 from $.service_event where event = 'backup_failed' and service_id = '" + service
                                + "'")
                .isEmpty();
    }

    /** The provider gave no clear response to a request: its state is then assumed unchanged. */
    private boolean isRefused(StoredAddon listed) {
        return !tableInspector
                .texts(
                        reseller.tenant,
                        "select 1 from $.service_event where event = 'volume_refused' and facts ->> 'addon' = '"
                                + listed.name() + "'")
                .isEmpty();
    }

    /** Whether its server is the original one. */
    private boolean isNormal(StoredAddon listed) {
        return tableInspector
                .texts(
                        reseller.tenant,
                        "select 1 from $.server_discrepancy where kind in ('MISSING', 'ID_CHANGED', 'DUPLICATE') and service_id = '"
                                + listed.service() + "'")
                .isEmpty();
    }

    private void missing() {
        var there = new TreeSet<String>();
        reseller.simulatedProvider.simulatedAddons.existingVolumes(now).forEach(disk -> there.add(disk.id));
        reseller.simulatedProvider.simulatedAddons.existingSnapshots(now).stream()
                .filter(copy -> isChecked(copy.server()))
                .forEach(copy -> there.add(copy.id()));
        for (var listed : addons.values()) {
            if (listed.kind().equals("ADDRESS")) {
                at(listed.service())
                        .ifPresent(
                                machine -> reseller.simulatedProvider.simulatedAddons.addressesOf(machine, now).stream()
                                        .filter(one -> one.text().equals(listed.number()))
                                        .forEach(one -> there.add(one.text())));
            }
        }
        for (var listed : addons.values()) {
            var isLookedFor = !listed.kind().equals("BACKUP")
                    && listed.isPaid()
                    && !listed.number().isEmpty();
            if (isLookedFor && !there.contains(listed.number())) {
                expected.add("MISSING " + listed.number());
                if (isNormal(listed)) {
                    wrong.add(listed.kind() + " " + listed.name() + " is paid for and missing");
                }
            }
        }
    }

    private void compareDiscrepancies() {
        var told = new TreeSet<String>(tableInspector.texts(
                reseller.tenant,
                "select distinct kind || ' ' || provider_ref from $.addon_discrepancy where state <> 'RESOLVED'"));
        for (var one : expected) {
            if (!told.contains(one)) {
                wrong.add("nobody told of " + one);
            }
        }
        for (var one : told) {
            if (!expected.contains(one)) {
                wrong.add("it is told and not so: " + one);
            }
        }
    }

    /** Never twice for one request, and never without one. */
    private void restores() {
        var times = new LinkedHashMap<ResourceTag, Integer>();
        reseller.simulatedProvider.simulatedAddons.restores().forEach(one -> times.merge(one.mark(), 1, Integer::sum));
        times.forEach((resourceTag, count) -> {
            var wishes = tableInspector.texts(
                    reseller.tenant,
                    "select 1 from $.service_event where event in ('backup_restore', 'snapshot_restore') and service_id = '"
                            + resourceTag.serviceId() + "'");
            if (count > wishes.size()) {
                wrong.add("a server of " + resourceTag + " was put back " + count + " times for " + wishes.size()
                        + " wishes");
            }
        });
    }
}
