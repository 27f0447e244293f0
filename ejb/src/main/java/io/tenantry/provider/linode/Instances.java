package io.tenantry.provider.linode;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.Server;
import io.tenantry.provider.Server.State;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Linodes, the servers of an account. The mark is both label and tag: labels are unique, so that Linode itself refuses a second one, and a
 * tag stays when somebody gives the server another label.
 */
record Instances(VendorApi api) {
    static final String PATH = "/linode/instances";
    private static final Pattern PRIVATE = Pattern.compile("(10|192\\.168|172\\.(1[6-9]|2[0-9]|3[01]))\\..*");

    List<Server> all() {
        return Pages.all(api, PATH).stream().map(Instances::server).toList();
    }

    Optional<Server> one(String id) {
        return Ids.isOne(id) ? api.find(Ids.server(id)).map(Instances::server) : Optional.empty();
    }

    /** @throws ProviderFailure NOT_FOUND if there is none */
    Server known(String id) {
        return server(new Fields(api.get(Ids.server(id))));
    }

    List<Server> marked(Mark mark) {
        var either = Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("label", mark.text()))
                .add(Json.createObjectBuilder().add("tags", mark.text()));
        return Pages.all(
                        api, PATH, Json.createObjectBuilder().add("+or", either).build())
                .stream()
                .map(Instances::server)
                .filter(server -> server.mark().equals(Optional.of(mark)))
                .toList();
    }

    Server create(Wish wish) {
        var body = Deployment.of(wish)
                .add("type", wish.size())
                .add("region", wish.region())
                .add("label", wish.mark().text())
                .add("tags", Json.createArrayBuilder().add(wish.mark().text()));
        return server(new Fields(api.post(PATH, body.build())));
    }

    void delete(String id) {
        api.delete(Ids.server(id));
    }

    /** Our mark on something that has a label and tags. */
    static Optional<Mark> mark(Fields thing) {
        return Mark.among(Stream.concat(thing.texts("tags").stream(), thing.maybeText("label").stream()));
    }

    private static Server server(Fields linode) {
        return new Server(
                linode.text("id"),
                mark(linode),
                linode.text("label"),
                state(linode.text("status")),
                addresses(linode),
                linode.maybeText("type").orElse(""),
                linode.maybeText("region").orElse(""),
                linode.maybeInstant("created"));
    }

    private static State state(String word) {
        return switch (word) {
            case "provisioning", "rebuilding" -> State.BUILDING;
            case "running" -> State.RUNNING;
            case "offline" -> State.STOPPED;
            case "booting", "busy", "rebooting", "shutting_down", "migrating", "cloning", "restoring" -> State.BUSY;
            // Stopped is what Linode itself has stopped, such as for maintenance of the host.
            case "stopped", "billing_suspension" -> State.SUSPENDED;
            case "deleting" -> State.LEAVING;
            default -> State.UNRECOGNISED;
        };
    }

    private static List<String> addresses(Fields linode) {
        var addresses = new ArrayList<>(linode.texts("ipv4"));
        addresses.removeIf(address -> PRIVATE.matcher(address).matches());
        linode.maybeText("ipv6").map(Instances::withoutPrefix).ifPresent(addresses::add);
        return addresses;
    }

    private static String withoutPrefix(String address) {
        var slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }
}
