package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds, converts and creates droplets without GPUs. */
record Droplets(ProviderHttp api, DigitalOceanPaging pages, DigitalOceanSshKeys keys) {
    /** The server option that names the private network to join; the default is the region's default network. */
    static final String NETWORK = "vpc";

    private static final String PATH = "/v2/droplets";
    private static final String LIST = "droplets";

    /** DigitalOcean may not know a tag that is not used yet, which means that there is no droplet. */
    List<ProviderServer> marked(ResourceTag resourceTag) {
        try {
            return servers(pages.all(PATH, LIST, "tag_name", resourceTag.text()));
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }

    /** Whether backups are on, which is a feature of the droplet. */
    static boolean isBackedUp(JsonFields droplet) {
        return droplet.texts("features").contains("backups");
    }

    /** Returns the IDs of the droplets whose backups are on. */
    Set<String> backedUp() {
        return pages.all(PATH, LIST).stream()
                .filter(Droplets::isBackedUp)
                .map(droplet -> droplet.text("id"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns a droplet as reported by DigitalOcean. */
    Optional<JsonFields> find(String id) {
        return api.find(PATH + "/" + ProviderHttp.number(id)).map(answer -> answer.in("droplet"));
    }

    /** Returns a droplet as reported by DigitalOcean; fails if there is none. */
    JsonFields get(String id) {
        return find(id).orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "no droplet " + id));
    }

    /**
     * Creates a droplet. Since most keys are in the account already, the request is sent as if all were; a request that DigitalOcean refuses
     * has created nothing, and is repeated after the missing keys were added.
     */
    ProviderServer create(ServerSpec serverSpec) {
        var order = order(serverSpec);
        try {
            return made(api.post(PATH, order), serverSpec);
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.INVALID || !keys.addMissing(serverSpec.keys())) {
                throw refused;
            }
            return made(api.post(PATH, order), serverSpec);
        }
    }

    void delete(String id) {
        api.delete(PATH + "/" + ProviderHttp.number(id));
    }

    /** Returns a slug, or the ID of an image that has none. */
    static JsonValue image(String code) {
        return code.matches("[0-9]{1,18}") ? Json.createValue(Long.parseLong(code)) : Json.createValue(code);
    }

    static ProviderServer server(JsonFields droplet) {
        return new ProviderServer(
                droplet.text("id"),
                ResourceTag.among(droplet.texts("tags").stream()),
                droplet.text("name"),
                state(droplet.text("status"), droplet.flag("locked")),
                droplet.maybeIn("networks").map(Droplets::addresses).orElse(List.of()),
                droplet.maybeText("size_slug").orElse(""),
                droplet.maybeIn("region")
                        .flatMap(region -> region.maybeText("slug"))
                        .orElse(""),
                Optional.of(droplet.instant("created_at")));
    }

    /** An action locks the droplet while it is in progress. */
    private static ProviderServer.State state(String status, boolean locked) {
        return switch (status) {
            case "new" -> ProviderServer.State.BUILDING;
            case "active" -> locked ? ProviderServer.State.BUSY : ProviderServer.State.RUNNING;
            case "off" -> locked ? ProviderServer.State.BUSY : ProviderServer.State.STOPPED;
            case "archive" -> ProviderServer.State.SUSPENDED;
            default -> ProviderServer.State.UNKNOWN;
        };
    }

    private static List<String> addresses(JsonFields networks) {
        return Stream.of("v4", "v6")
                .flatMap(version -> networks.each(version).stream())
                .filter(network -> network.text("type").equals("public"))
                .map(network -> network.text("ip_address"))
                .toList();
    }

    private static List<ProviderServer> servers(List<JsonFields> droplets) {
        return droplets.stream().map(Droplets::server).toList();
    }

    /** According to the API documentation, tags are added after the response, so the resource tag is taken from the specification. */
    private static ProviderServer made(JsonObject answer, ServerSpec serverSpec) {
        var providerServer = server(new JsonFields(answer).in("droplet"));
        return new ProviderServer(
                providerServer.id(),
                Optional.of(serverSpec.mark()),
                providerServer.name(),
                providerServer.state(),
                providerServer.addresses(),
                providerServer.size(),
                providerServer.region(),
                providerServer.createdAt());
    }

    /** Monitoring installs DigitalOcean's agent on the droplet, which {@link Bandwidth} depends on. */
    private static JsonObject order(ServerSpec serverSpec) {
        var start = UserData.of(serverSpec);
        var order = Json.createObjectBuilder()
                .add("name", serverSpec.hostname())
                .add("region", serverSpec.region())
                .add("size", serverSpec.size())
                .add("image", image(serverSpec.image()))
                .add("ssh_keys", texts(start.fingerprints()))
                .add("ipv6", true)
                .add("monitoring", true)
                .add("tags", texts(List.of(serverSpec.mark().text(), start.tag())));
        serverSpec.script().ifPresent(script -> order.add("user_data", script));
        Optional.ofNullable(serverSpec.options().get(NETWORK)).ifPresent(network -> order.add("vpc_uuid", network));
        return order.build();
    }

    private static JsonArrayBuilder texts(List<String> texts) {
        var array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }
}
