package io.tenantry.provider.virtfusion;

import static io.tenantry.provider.virtfusion.Panel.SERVERS;
import static io.tenantry.provider.virtfusion.Panel.data;
import static io.tenantry.provider.virtfusion.Panel.number;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How a server is made, in two orders: one sets it aside, the other builds it.
 *
 * <p>The first takes no name, only an owner. So it goes to a user that is made for it and whose external relation is the mark: whatever
 * answer is lost, and wherever we end in between, no server is left of which nobody can tell whose it is. Then the server gets the mark as
 * its name and its owner for good, and that user is deleted. Until it is built it is RESERVED, and who makes it again goes on with it.
 */
final class Making {
    private final VendorApi api;
    private final Panel panel;

    Making(VendorApi api, Panel panel) {
        this.api = api;
        this.panel = panel;
    }

    /** The panel cannot look for a name, so without a user of that mark the list of all is read. */
    List<Server> marked(Mark mark) {
        var held = held(mark).toList();
        var found = held.isEmpty() ? panel.machines().filter(named(mark)) : held.stream();
        return found.flatMap(one -> panel.machine(one.id()).stream())
                .map(one -> one.server(Optional.of(mark)))
                .toList();
    }

    Server make(Wish wish) {
        var mark = wish.mark();
        var email = option(wish, VirtFusion.EMAIL);
        var owner = panel.user(option(wish, VirtFusion.EXT_RELATION_ID), option(wish, VirtFusion.NAME), email);
        var begun = Stream.concat(held(mark), panel.machinesOf(owner).filter(named(mark)))
                .findFirst();
        if (begun.isPresent() && begun.get().state() != Server.State.RESERVED) {
            return panel.known(begun.get().id()).server();
        }
        var id = begun.map(Machine::id).orElseGet(() -> setAside(wish, email));
        api.put(
                SERVERS + id + "/modify/name",
                Json.createObjectBuilder().add("name", mark.text()).build());
        api.put(SERVERS + id + "/owner/" + owner);
        panel.forgetUser(mark.text());
        return new Machine(build(id, owner, wish)).server();
    }

    /** The second order; for a server that is built already it is to be built anew. */
    Fields build(String id, String owner, Wish wish) {
        var keys = Json.createArrayBuilder();
        wish.keys().forEach(key -> keys.add(number(panel.key(owner, key, wish.hostname()))));
        var body = Json.createObjectBuilder()
                .add("operatingSystemId", number(wish.image()))
                .add("name", wish.mark().text())
                .add("hostname", wish.hostname())
                .add("sshKeys", keys)
                .add("email", false) // it would tell the root password
                .build();
        return data(api.post(SERVERS + id + "/build", body));
    }

    private String setAside(Wish wish, String email) {
        var body = Json.createObjectBuilder()
                .add("packageId", number(wish.size()))
                .add("hypervisorId", number(wish.region()))
                .add("ipv4", 1);
        // No two users have one address; nothing is ever sent there.
        var mark = wish.mark().text();
        var holder = panel.user(mark, mark, mark + email.replaceFirst("^[^@]*", ""));
        return data(api.post("/servers", body.add("userId", number(holder)).build()))
                .text("id");
    }

    /** What was set aside and has not yet its owner for good. */
    private Stream<Machine> held(Mark mark) {
        return panel.user(mark.text()).stream().flatMap(panel::machinesOf);
    }

    private static Predicate<Machine> named(Mark mark) {
        return machine -> machine.name().equals(mark.text());
    }

    private static String option(Wish wish, String name) {
        var value = wish.options().getOrDefault(name, "");
        if (value.isBlank()) {
            throw new ProviderFailure(Reason.INVALID, "the option " + name + " is missing");
        }
        return value;
    }
}
