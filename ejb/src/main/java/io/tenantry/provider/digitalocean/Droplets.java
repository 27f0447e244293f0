package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Droplets without GPUs: found, told of in our words, and made. */
record Droplets(VendorApi api, Pages pages, Keys keys) {
    /** Names, among a wish's options, the private network to be in; without it that is the region's default one. */
    static final String NETWORK = "vpc";

    private static final String PATH = "/v2/droplets";
    private static final String LIST = "droplets";

    /** A tag that nothing bears yet may be unknown to DigitalOcean, which is as good as no droplet. */
    List<Server> marked(Mark mark) {
        try {
            return servers(pages.all(PATH, LIST, "tag_name", mark.text()));
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }

    /** Whether DigitalOcean copies its disk by the clock, which is a feature of the droplet. */
    static boolean isBackedUp(Fields droplet) {
        return droplet.texts("features").contains("backups");
    }

    /** The numbers of those of which that is so. */
    Set<String> backedUp() {
        return pages.all(PATH, LIST).stream()
                .filter(Droplets::isBackedUp)
                .map(droplet -> droplet.text("id"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As DigitalOcean tells of it. */
    Optional<Fields> find(String id) {
        return api.find(PATH + "/" + VendorApi.number(id)).map(answer -> answer.in("droplet"));
    }

    /** As DigitalOcean tells of it, if it does. */
    Fields get(String id) {
        return find(id).orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "no droplet " + id));
    }

    /**
     * Asks for a droplet. Most keys are in the account already, so the wish is sent as if all were; what DigitalOcean refused it has not made,
     * and may be asked for again once it has the keys.
     */
    Server create(Wish wish) {
        var order = order(wish);
        try {
            return made(api.post(PATH, order), wish);
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.INVALID || !keys.addMissing(wish.keys())) {
                throw refused;
            }
            return made(api.post(PATH, order), wish);
        }
    }

    void delete(String id) {
        api.delete(PATH + "/" + VendorApi.number(id));
    }

    /** A slug, or the number of an image that has none. */
    static JsonValue image(String code) {
        return code.matches("[0-9]{1,18}") ? Json.createValue(Long.parseLong(code)) : Json.createValue(code);
    }

    static Server server(Fields droplet) {
        return new Server(
                droplet.text("id"),
                Mark.among(droplet.texts("tags").stream()),
                droplet.text("name"),
                state(droplet.text("status"), droplet.flag("locked")),
                droplet.maybeIn("networks").map(Droplets::addresses).orElse(List.of()),
                droplet.maybeText("size_slug").orElse(""),
                droplet.maybeIn("region")
                        .flatMap(region -> region.maybeText("slug"))
                        .orElse(""),
                Optional.of(droplet.instant("created_at")));
    }

    /** An action locks a droplet while it is at work. */
    private static Server.State state(String status, boolean locked) {
        return switch (status) {
            case "new" -> Server.State.BUILDING;
            case "active" -> locked ? Server.State.BUSY : Server.State.RUNNING;
            case "off" -> locked ? Server.State.BUSY : Server.State.STOPPED;
            case "archive" -> Server.State.SUSPENDED;
            default -> Server.State.UNRECOGNISED;
        };
    }

    private static List<String> addresses(Fields networks) {
        return Stream.of("v4", "v6")
                .flatMap(version -> networks.each(version).stream())
                .filter(network -> network.text("type").equals("public"))
                .map(network -> network.text("ip_address"))
                .toList();
    }

    private static List<Server> servers(List<Fields> droplets) {
        return droplets.stream().map(Droplets::server).toList();
    }

    /** The tags are put on after the answer, says the contract, so the mark is taken from the wish. */
    private static Server made(JsonObject answer, Wish wish) {
        var server = server(new Fields(answer).in("droplet"));
        return new Server(
                server.id(),
                Optional.of(wish.mark()),
                server.name(),
                server.state(),
                server.addresses(),
                server.size(),
                server.region(),
                server.createdAt());
    }

    /** Monitoring is DigitalOcean's agent on the droplet, which {@link Bandwidth} hears from. */
    private static JsonObject order(Wish wish) {
        var start = FirstStart.of(wish);
        var order = Json.createObjectBuilder()
                .add("name", wish.hostname())
                .add("region", wish.region())
                .add("size", wish.size())
                .add("image", image(wish.image()))
                .add("ssh_keys", texts(start.fingerprints()))
                .add("ipv6", true)
                .add("monitoring", true)
                .add("tags", texts(List.of(wish.mark().text(), start.tag())));
        wish.script().ifPresent(script -> order.add("user_data", script));
        Optional.ofNullable(wish.options().get(NETWORK)).ifPresent(network -> order.add("vpc_uuid", network));
        return order.build();
    }

    private static JsonArrayBuilder texts(List<String> texts) {
        var array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }
}
