package io.tenantry.provider.sandbox;

import io.tenantry.provider.Addresses.Address;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.sandbox.Machine.Further;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Further addresses of servers: each is one more door to the same server, at the port of the first. */
final class Extras {
    /** Of a server. */
    static final int ADDRESSES_MAX = 4;

    private static final int WORK_SECONDS = 2;

    private final Machines machines;
    private final Doors doors;

    Extras(Machines machines, Doors doors) {
        this.machines = machines;
        this.doors = doors;
    }

    List<Address> of(String account, String id) {
        var now = machines.now();
        return machines.need(account, id).further().stream()
                .map(one -> one.shown(now))
                .toList();
    }

    Address add(String account, String id) {
        var now = machines.now();
        var further = new Further(machines.newAddress(machines.newId(id + "-")), now.plusSeconds(WORK_SECONDS));
        var changed = machines.change(account, id, machine -> {
            if (machine.isLeaving()) {
                throw new ProviderFailure(Reason.NOT_FOUND, "the server is on its way out");
            }
            Mishap.ADDRESS.refuse(machine, Reason.NO_CAPACITY, "there is no address left");
            if (machine.further().size() >= ADDRESSES_MAX) {
                throw new ProviderFailure(Reason.LIMIT, "a server has " + ADDRESSES_MAX + " further addresses");
            }
            var all = new ArrayList<>(machine.further());
            all.add(further);
            return machine.withFurther(all);
        });
        open(changed);
        return further.shown(now);
    }

    void release(String account, String id, String address) {
        var found = machines.find(account, id);
        if (found.isEmpty()) {
            return;
        }
        var changed = machines.change(account, id, machine -> {
            var names = new HashMap<>(machine.names());
            if (machine.further().stream().anyMatch(one -> one.address().equals(address))) {
                names.remove(address);
            }
            return machine.withNames(names)
                    .withFurther(machine.further().stream()
                            .filter(one -> !one.address().equals(address))
                            .toList());
        });
        if (!changed.door().address().equals(address)) {
            doors.shut(id, address);
        }
    }

    /** Opens those of a server whose first door was opened; before, nobody has a port to come to. */
    void open(Machine machine) {
        if (machine.door().port() > 0) {
            machine.further()
                    .forEach(one -> doors.openToo(
                            machine.id(), one.address(), machine.door().port()));
        }
    }
}
