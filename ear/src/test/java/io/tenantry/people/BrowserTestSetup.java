package io.tenantry.people;

import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What a story begins with, prepared inside the server by the application's own use cases. */
final class BrowserTestSetup {
    static final String PASSWORD = "orbit-teapot-nine";

    private BrowserTestSetup() {}

    /** What was made: ids by name. */
    record Made(Properties ids) {
        String id(String name) {
            return Objects.requireNonNull(ids.getProperty(name), name);
        }

        /** How a document of its customer's is asked for; nothing where none was issued. */
        Optional<String> document() {
            return Optional.ofNullable(ids.getProperty("invoice")).map(id -> "?id=" + id);
        }

        /** A rated period of its customer's wallet: where a document was issued, one on it. */
        String period() {
            return ids.getProperty("period", "1");
        }

        /** A day of its statement: where something was charged, one on which it was. */
        String day() {
            return ids.getProperty("day", "2026-11-01");
        }
    }

    /** A brand on {@code slug.localhost}: sam@slug.example works there, olga@kiosk.example buys there. */
    static Made brand(String slug) {
        return prepare("brand", Map.of("slug", slug, "password", PASSWORD));
    }

    /** The same brand, which says who it is, and has issued its customer's document of the month before. */
    static Made billed(String slug, Made brand) {
        LastMonth.of(slug).isToBeBilled(brand.id("organization"));
        var ids = new Properties();
        ids.putAll(brand.ids());
        ids.putAll(prepare("billed", Map.of("slug", slug)).ids());
        return new Made(ids);
    }

    /** Another customer of a brand, which somebody known there joins. */
    static Made secondOrganization(String slug, String name, String joins) {
        return prepare("second", Map.of("slug", slug, "name", name, "joins", joins));
    }

    /**
     * The path of the link that a person of the brand's customers finds in the mail. There is no mail server here, and a mail that is kept has no link
     * that works: the system makes another one in its place.
     */
    static String mailed(String slug, String email) {
        return Visitor.pathOf(
                prepare("mailed", Map.of("slug", slug, "email", email)).id("link"));
    }

    /** A plan of a brand that is sold in New York only, and two systems by names of its own. */
    static Made elsewhere(String slug) {
        return prepare("elsewhere", Map.of("slug", slug));
    }

    /** A server that somebody else orders for the brand's customer. */
    static Made order(String slug, Made brand, String name) {
        return prepare(
                "order",
                Map.of(
                        "slug",
                        slug,
                        "organization",
                        brand.id("organization"),
                        "plan",
                        brand.id("small"),
                        "name",
                        name));
    }

    /**
     * A plan of the brand called Toy, at a cent an hour, that is made in its account with the vendor that needs none; and Giant, which has more
     * of everything.
     */
    static Made sold(String slug) {
        return prepare("sold", Map.of("slug", slug));
    }

    /** Nobody can tell how that service stands at its vendor, and a person has to look. */
    static void unclear(String slug, String service) {
        unclear(RunningServer.get().database().superuser(), slug, service);
    }

    /** As above, in that database. */
    static void unclear(DataSource database, String slug, String service) {
        var why = "servers with the mark of one service: one, two";
        change(
                database,
                "update work.work_item set state = 'PARKED', fence = fence + 1, lease_until = null,"
                        + " parked_at = clock_timestamp(), parked_reason = '" + why
                        + "' where kind = 'provision' and state = 'OPEN' and subject = ?::uuid",
                service);
        change(
                database,
                "update t_" + slug.replace('-', '_') + ".service set state = 'UNKNOWN' where id = ?::uuid",
                service);
    }

    /** The half hour is over for which somebody of the staff may act for the brand's customer. */
    static void actedLongEnough(String slug, String organization) {
        change(
                RunningServer.get().database().superuser(),
                "update t_" + slug.replace('-', '_')
                        + ".impersonation set began_at = began_at - interval '31 minutes',"
                        + " ends_at = ends_at - interval '31 minutes'"
                        + " where ended_at is null and organization_id = ?::uuid",
                organization);
    }

    private static void change(DataSource database, String statement, String id) {
        try (var connection = database.getConnection();
                var prepared = connection.prepareStatement(statement)) {
            prepared.setString(1, id);
            if (prepared.executeUpdate() != 1) {
                throw new IllegalStateException("nothing of " + id + " is as expected");
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A server of the brand's customer that is one: in the sandbox, up, and with the key by which its console is entered. */
    static Made console(String slug, Made brand, String name) {
        var made = prepare(
                "console",
                Map.of(
                        "slug",
                        slug,
                        "organization",
                        brand.id("organization"),
                        "plan",
                        brand.id("small"),
                        "name",
                        name));
        try (var connection = RunningServer.get().database().superuser().getConnection();
                var statement = connection.prepareStatement("update t_" + slug.replace('-', '_')
                        + ".service set account = 'sandbox', provider_region = 'fra1', provider_size = 's-1-2',"
                        + " provider_image = 'debian-13', provider_ref = ? where id = ?::uuid")) {
            statement.setString(1, made.id("server"));
            statement.setString(2, made.id("service"));
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return made;
    }

    /** Waits until a server of the sandbox runs. */
    static void awaitUp(String slug, Made console) {
        prepare("up", Map.of("slug", slug, "server", console.id("server")));
    }

    /** A server of the sandbox is set up anew: it shows another host key. */
    static void setUpAnew(String slug, Made console) {
        prepare("anew", Map.of("slug", slug, "service", console.id("service"), "server", console.id("server")));
    }

    /** A key of the brand's customer, for programs. */
    static String key(String slug, Made brand) {
        return prepare(
                        "key",
                        Map.of("slug", slug, "organization", brand.id("organization"), "owner", brand.id("person")))
                .id("key");
    }

    /** A brand's portal is closed, and stays so. */
    static void close(String slug) {
        prepare("close", Map.of("slug", slug));
    }

    static void operator(String email) {
        prepare("operator", Map.of("email", email, "password", PASSWORD));
    }

    /** A key of an operator, for programs that change something or only look. */
    static String operatorKey(String email, boolean isManaging) {
        return prepare("operator-key", Map.of("email", email, "managing", String.valueOf(isManaging)))
                .id("key");
    }

    /** The application's clock runs that many hours ahead of real time. */
    static void ahead(int hours) {
        prepare("ahead", Map.of("hours", Integer.toString(hours)));
    }

    /** Something of a brand that nobody knows how to do, and that waits for a person; returns its number. */
    static String parkedWork(String slug) {
        return parkedWork(RunningServer.get().database().superuser(), slug);
    }

    /** As above, in that database. */
    static String parkedWork(DataSource database, String slug) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("""
                        insert into work.work_item (tenant, tenant_role, kind, key, subject, state, attempts, node, fence, claimed_at,
                                                    error, parked_at, parked_reason)
                        values (?, 'tn_' || replace(?, '-', '_'), 'rehearsal', gen_random_uuid()::text, gen_random_uuid(), 'PARKED',
                                10, 'one', 10, clock_timestamp(), 'nobody answers', clock_timestamp(), 'nobody answers')
                        returning id
                        """)) {
            statement.setString(1, slug);
            statement.setString(2, slug);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Made prepare(String what, Map<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(
                        URI.create(RunningServer.url("127.0.0.1") + "/tests/stage/" + what + "?" + query))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(what + ": " + answer.statusCode() + "\n" + answer.body());
            }
            var ids = new Properties();
            ids.load(new StringReader(answer.body()));
            return new Made(ids);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
