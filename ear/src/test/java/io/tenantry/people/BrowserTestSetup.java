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

/** Test data of the browser tests, prepared inside the server by the application's own use cases. */
final class BrowserTestSetup {
    static final String PASSWORD = "orbit-teapot-nine";

    private BrowserTestSetup() {}

    /** The created objects: ids by name. */
    record Made(Properties ids) {
        String id(String name) {
            return Objects.requireNonNull(ids.getProperty(name), name);
        }

        /** The query of a customer's document; empty where none was issued. */
        Optional<String> document() {
            return Optional.ofNullable(ids.getProperty("invoice")).map(id -> "?id=" + id);
        }

        /** A rated period of the customer's wallet: where a document was issued, one on it. */
        String period() {
            return ids.getProperty("period", "1");
        }

        /** A day of the customer's statement: where something was charged, a day with a charge. */
        String day() {
            return ids.getProperty("day", "2026-11-01");
        }
    }

    /**
     * Creates a brand on {@code slug.localhost}: sam@slug.example is staff, olga@kiosk.example is a customer. If a class is repeated after a
     * failure, its brand is replaced.
     */
    static Made brand(String slug) {
        return prepare("brand", Map.of("slug", slug, "password", PASSWORD));
    }

    /** Adds the seller data to the brand and issues its customer's document of the previous month. */
    static Made billed(String slug, Made brand) {
        LastMonth.of(slug).isToBeBilled(brand.id("organization"));
        var ids = new Properties();
        ids.putAll(brand.ids());
        ids.putAll(prepare("billed", Map.of("slug", slug)).ids());
        return new Made(ids);
    }

    /** Adds a second customer of a brand, joined by an existing person. */
    static Made secondOrganization(String slug, String name, String joins) {
        return prepare("second", Map.of("slug", slug, "name", name, "joins", joins));
    }

    /**
     * Returns the path of the link mailed to a person of the brand's customers. There is no mail server here, and a stored mail contains no
     * valid link: the system creates another one in its place.
     */
    static String mailed(String slug, String email) {
        return Visitor.pathOf(
                prepare("mailed", Map.of("slug", slug, "email", email)).id("link"));
    }

    /** Adds a plan of a brand that is sold in New York only, and two images with the brand's own names. */
    static Made elsewhere(String slug) {
        return prepare("elsewhere", Map.of("slug", slug));
    }

    /** Orders a server for the brand's customer as another person. */
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
     * Adds the plan Toy, at a cent an hour, which is created in the brand's account with the provider that needs no credentials; and Giant,
     * which has more of everything.
     */
    static Made sold(String slug) {
        return prepare("sold", Map.of("slug", slug));
    }

    /** Makes the state of that service at its provider unknown, so that a person has to check it. */
    static void unclear(String slug, String service) {
        unclear(RunningServer.get().database().superuser(), slug, service);
    }

    /** Does the same in that database. */
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

    /** Ends the half hour of a staff member's impersonation of the brand's customer. */
    static void actedLongEnough(String slug, String organization) {
        change(
                RunningServer.get().database().superuser(),
                "update t_" + slug.replace('-', '_')
                        + ".impersonation set started_at = started_at - interval '31 minutes',"
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

    /** Orders a real server for the brand's customer: in the sandbox, running, and with the key for its console. */
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

    /** Rebuilds a server of the sandbox: it presents another host key. */
    static void rebuild(String slug, Made console) {
        prepare("rebuild", Map.of("slug", slug, "service", console.id("service"), "server", console.id("server")));
    }

    /** Creates an API key of the brand's customer. */
    static String key(String slug, Made brand) {
        return prepare(
                        "key",
                        Map.of("slug", slug, "organization", brand.id("organization"), "owner", brand.id("person")))
                .id("key");
    }

    /** Closes a brand's portal permanently. */
    static void close(String slug) {
        prepare("close", Map.of("slug", slug));
    }

    static void operator(String email) {
        prepare("operator", Map.of("email", email, "password", PASSWORD));
    }

    /** Creates an operator's API key, with permission to manage or only to view. */
    static String operatorKey(String email, boolean isManaging) {
        return prepare("operator-key", Map.of("email", email, "managing", String.valueOf(isManaging)))
                .id("key");
    }

    /** Sets the application's clock that many hours ahead of real time. */
    static void ahead(int hours) {
        prepare("ahead", Map.of("hours", Integer.toString(hours)));
    }

    /** Adds a work item of an unknown kind to a brand, which is parked; returns its number. */
    static String parkedWork(String slug) {
        return parkedWork(RunningServer.get().database().superuser(), slug);
    }

    /** Does the same in that database. */
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
