package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Linodes, the servers of an account. The resource tag is both label and tag: labels are unique, so that Linode itself refuses a second one, and the
 * tag remains if the label of the server is changed.
 */
record Instances(ProviderHttp api) {
    static final String PATH = "/linode/instances";
    private static final Pattern PRIVATE = Pattern.compile("(10|192\\.168|172\\.(1[6-9]|2[0-9]|3[01]))\\..*");

    List<ProviderServer> all() {
        return LinodePaging.all(api, PATH).stream().map(Instances::server).toList();
    }

    Optional<ProviderServer> one(String id) {
        return LinodeIds.isOne(id) ? api.find(LinodeIds.server(id)).map(Instances::server) : Optional.empty();
    }

    /** @throws ProviderFailure NOT_FOUND if it does not exist */
    ProviderServer known(String id) {
        return server(new JsonFields(api.get(LinodeIds.server(id))));
    }

    List<ProviderServer> marked(ResourceTag resourceTag) {
        var either = Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("label", resourceTag.text()))
                .add(Json.createObjectBuilder().add("tags", resourceTag.text()));
        return LinodePaging.all(
                        api, PATH, Json.createObjectBuilder().add("+or", either).build())
                .stream()
                .map(Instances::server)
                .filter(providerServer -> providerServer.mark().equals(Optional.of(resourceTag)))
                .toList();
    }

    ProviderServer create(ServerSpec serverSpec) {
        var body = DeploymentRequest.of(serverSpec)
                .add("type", serverSpec.size())
                .add("region", serverSpec.region())
                .add("label", serverSpec.mark().text())
                .add("tags", Json.createArrayBuilder().add(serverSpec.mark().text()));
        return server(new JsonFields(api.post(PATH, body.build())));
    }

    void delete(String id) {
        api.delete(LinodeIds.server(id));
    }

    /** Returns our resource tag of a resource with a label and tags. */
    static Optional<ResourceTag> mark(JsonFields thing) {
        return ResourceTag.among(Stream.concat(thing.texts("tags").stream(), thing.maybeText("label").stream()));
    }

    private static ProviderServer server(JsonFields linode) {
        return new ProviderServer(
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
            // Stopped by Linode itself, for example for maintenance of the host.
            case "stopped", "billing_suspension" -> State.SUSPENDED;
            case "deleting" -> State.DELETING;
            default -> State.UNKNOWN;
        };
    }

    private static List<String> addresses(JsonFields linode) {
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
