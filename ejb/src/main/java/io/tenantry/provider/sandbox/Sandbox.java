package io.tenantry.provider.sandbox;

import io.tenantry.provider.Power;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Screen.Vnc;
import io.tenantry.provider.Shell.Endpoint;
import io.tenantry.provider.Task;
import io.tenantry.provider.sandbox.Doors.House;
import io.tenantry.provider.sandbox.Machine.Rescue;
import io.tenantry.provider.sandbox.screen.Monitors;
import io.tenantry.provider.sandbox.shell.Box;
import io.tenantry.provider.sandbox.shell.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The whole of the vendor: its servers, what is on them, and the doors to them. All that it knows is in its folder. */
final class Sandbox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sandbox.class.getName());

    private final Machines machines;
    private final Contents contents;
    private final Fleet fleet;
    private final Copies copies;
    private final Blocks blocks;
    private final Keyring keyring;
    private final Doors doors;
    private final Extras extras;
    private final Monitors monitors;

    /** @param folder need not be there */
    Sandbox(Path folder, Clock clock) {
        machines = new Machines(new Shelf(folder.resolve("servers")), clock);
        contents = new Contents(new Shelf(folder.resolve("files")));
        blocks = new Blocks(new Shelf(folder.resolve("volumes")), machines);
        keyring = new Keyring(new Shelf(folder.resolve("keys")));
        doors = new Doors(this::reached);
        extras = new Extras(machines, doors);
        monitors = new Monitors(id -> house(id).map(House::box));
        fleet = new Fleet(machines, contents, this::hangUp);
        copies = new Copies(machines, contents, fleet);
    }

    Machines machines() {
        return machines;
    }

    Fleet fleet() {
        return fleet;
    }

    Contents contents() {
        return contents;
    }

    Copies copies() {
        return copies;
    }

    Blocks blocks() {
        return blocks;
    }

    Extras extras() {
        return extras;
    }

    Keyring keyring() {
        return keyring;
    }

    /** Opens the doors of all servers that there are, as those who connected before a restart expect. */
    void wake() {
        for (var machine : machines.all()) {
            if (machine.isLeaving()) {
                continue;
            }
            try {
                open(machine);
            } catch (RuntimeException broken) {
                LOG.log(System.Logger.Level.WARNING, "no door for server={0}: {1}", machine.id(), broken.getMessage());
            }
        }
    }

    /** Opens a server's door, if it is not open, at the port that it had before if that is free. */
    Endpoint open(Machine machine) {
        if (machine.isLeaving()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "the server is on its way out");
        }
        var door = machine.door();
        var where = doors.open(machine.id(), door.address(), door.port());
        if (where.getPort() == door.port()) {
            extras.open(machine);
        } else {
            extras.open(machines.change(
                    machine.account(), machine.id(), one -> one.with(one.door().at(where.getPort()))));
        }
        return new Endpoint(
                where.getAddress().getHostAddress(),
                where.getPort(),
                Doors.fingerprint(HostKey.read(machine.door().shownKey())));
    }

    /** Shows a server's screen, if it is not shown. */
    Vnc show(Machine machine) {
        if (!machine.isUp(machines.now())) {
            throw new ProviderFailure(Reason.BUSY, "the server is not up");
        }
        Mishap.SCREEN.refuse(machine, Reason.VENDOR, "there is no screen");
        return monitors.show(machine.id());
    }

    /** Shows it no more. */
    void hide(Machine machine) {
        monitors.hide(machine.id());
    }

    /** Begins to delete a server; its door is closed at once. */
    void delete(String account, String id) {
        if (machines.find(account, id).isEmpty()) {
            return;
        }
        fleet.delete(account, id);
        doors.shut(id);
        monitors.hide(id);
    }

    @Override
    public void close() {
        doors.close();
        monitors.close();
    }

    private void hangUp(String id) {
        doors.hangUp(id);
        monitors.hide(id);
        contents.endRescue(id);
    }

    /** Cuts a server off, or gives it its network back, at once; whoever is on it over that falls off. */
    Task isolate(String account, String id, boolean isCutOff) {
        var unused = machines.change(account, id, machine -> {
            if (isCutOff) {
                Mishap.NETWORK.refuse(machine, Reason.INVALID, "it is behind a firewall of others");
            }
            return machine.with(machine.door().with(isCutOff));
        });
        if (isCutOff) {
            doors.hangUp(id);
        }
        return Task.NOTHING;
    }

    /** What is behind a door for who comes over the network. */
    private Optional<House> reached(String id) {
        return machines.find(id).filter(one -> !one.door().isCutOff()).flatMap(one -> house(id));
    }

    /** What is behind a door; nothing while the server is not up. */
    private Optional<House> house(String id) {
        return machines.find(id).filter(one -> one.isUp(machines.now())).map(this::house);
    }

    private House house(Machine machine) {
        return machine.door().rescue().map(rescue -> rescue(machine, rescue)).orElseGet(() -> own(machine));
    }

    private House own(Machine machine) {
        return new House(
                HostKey.read(machine.door().hostKey()),
                key -> PublicKeys.contains(machine.make().keys(), key),
                password -> Secret.matches(machine.door().password(), password),
                box(
                        machine,
                        machine.hostname(),
                        Goods.image(machine.make().image()).name()),
                contents.of(machine.id()),
                () -> keep(machine.id()),
                how -> switchFromWithin(machine, how));
    }

    /** Nobody enters it by a password, and of its own files nothing is kept. */
    private House rescue(Machine machine, Rescue rescue) {
        return new House(
                HostKey.read(rescue.hostKey()),
                key -> PublicKeys.contains(rescue.keys(), key),
                password -> false,
                box(machine, "rescue", Files.RESCUE),
                contents.rescue(machine.id(), machine.job().upSince()),
                () -> contents.keepRescue(machine.id()),
                how -> switchFromWithin(machine, how));
    }

    private Box box(Machine machine, String hostname, String system) {
        var size = Goods.size(machine.size(machines.now()));
        return new Box(
                hostname,
                system,
                machine.door().address(),
                size.vcpus(),
                size.memoryMib(),
                size.diskGib(),
                machine.job().upSince(),
                Machines.seed(machine.id()),
                machines.clock());
    }

    /** Somebody may still be on a server that was just deleted. */
    private void keep(String id) {
        if (machines.find(id).filter(one -> !one.isLeaving()).isPresent()) {
            contents.keep(id);
        }
    }

    private void switchFromWithin(Machine machine, Power how) {
        var unused = fleet.power(machine.account(), machine.id(), how);
    }
}
