package io.tenantry.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The client of the driver in the server. */
public final class Driver {
    private static final Duration ANSWER_ATMOST = Duration.ofMinutes(30);
    private static final Duration TICKS_ATMOST = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    public Driver(int port) {
        this.port = port;
    }

    void createTenant(Instant start) {
        ask("tenant", List.of(start.toString()));
    }

    void sell(List<String> flavours) {
        ask("flavours", flavours);
    }

    void welcome(List<String> requests) {
        ask("requests", requests);
    }

    public void stopClock(Instant at) {
        ask("clock", List.of(at.toString()));
    }

    void applyEvents(List<String> events) {
        ask("events", events);
    }

    /** Runs the hourly job and returns its duration. */
    public Duration charge(Instant until) {
        return Duration.ofNanos(Long.parseLong(ask("charge", List.of(until.toString()))));
    }

    /** Sets the seller, moves the clock forward and runs the invoicing job; returns its duration. */
    Duration invoice(Instant now) {
        return Duration.ofNanos(Long.parseLong(ask("invoice", List.of(now.toString()))));
    }

    /** Runs the invoicing job until nothing can be claimed; returns its duration. */
    public Duration issue() {
        return Duration.ofNanos(Long.parseLong(ask("issue", List.of())));
    }

    /** Gives these tenants one run for all past hours, instead of one per hour. */
    public void skipToOneRun(List<String> tenants) {
        ask("leap", tenants);
    }

    /** Sets the seller data of tenants of {@link #createUniformTenant}, without which nothing is issued. */
    public void sellers(List<String> tenants) {
        ask("sellers", tenants);
    }

    /** Creates a tenant with that many equal wallets, each paying for that many servers at that price, activated now. */
    public void createUniformTenant(String tenant, int wallets, int perWallet, String monthly, String credit) {
        ask(
                "mass",
                List.of(String.join(
                        "\t", tenant, String.valueOf(wallets), String.valueOf(perWallet), monthly, credit)));
    }

    /** Creates a tenant as the admin pages would; returns the duration. */
    public Duration create(String tenant) {
        return Duration.ofNanos(Long.parseLong(ask("create", List.of(tenant))));
    }

    /** Removes a tenant with all its data. */
    public void deleteTenant(String tenant) {
        ask("erase", List.of(tenant));
    }

    /** Runs the schema migration of the application's startup. */
    public void start() {
        ask("start", List.of());
    }

    /** Makes only these tenants active and charged; all others are put into maintenance. */
    public void activateOnly(List<String> tenants) {
        ask("show", tenants);
    }

    /** Opens due runs and works until none is left, on any node; returns the duration. */
    public Duration work() {
        return Duration.ofNanos(Long.parseLong(ask("work", List.of())));
    }

    /** Does what the node's timer would do at that time: opens due runs, starts the job if there is work, and does not wait for it. */
    public void tick(Instant at) {
        ask("tick", List.of(at.toString()), TICKS_ATMOST);
    }

    /**
     * Works until nothing is left, retrying after disturbances; returns the duration of the last attempt.
     *
     * @throws IllegalStateException the last disturbance, if there was one too many
     */
    public Duration workWithRetries(int attempts) {
        for (var attempt = 1; ; attempt++) {
            try {
                return work();
            } catch (IllegalStateException disturbed) {
                if (attempt == attempts) {
                    throw disturbed;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Starts, stops, restarts and abandons executions of the job at random, that many times; returns how many of the commands succeeded. */
    public String disturbJobs(long seed, int times) {
        return ask("meddle", List.of(String.valueOf(seed), String.valueOf(times)));
    }

    /** Runs the auditor on the platform and all tenants; returns its findings. */
    public List<String> audit() {
        return ask("audit", List.of()).lines().toList();
    }

    /** Gives a tenant people, keys and canaries; see {@code Canaries.plant} for the tab-separated result. */
    public List<String> plantCanaries(String tenant) {
        return List.of(ask("isolation/canaries", List.of(tenant)).split("\t", -1));
    }

    /** Creates an operator of the platform with the shared password. */
    public void operator(String email) {
        ask("operator", List.of(email));
    }

    /** Leaves connections in the pool that still act as this tenant. */
    public void leaveTenantSet(String tenant) {
        ask("isolation/poison", List.of(tenant));
    }

    /** Runs faulty code that tries to read another tenant's rows; returns what it saw. */
    public List<String> readForeignRows(String own, String other) {
        return ask("isolation/trespass", List.of(own, other)).lines().toList();
    }

    /** Runs that many transactions of random tenants on threads of the server; returns their number, then one line per error. */
    public List<String> runConcurrently(List<String> tenants, int threads, int times, long seed) {
        return ask("isolation/concurrent?threads=" + threads + "&times=" + times + "&seed=" + seed, tenants)
                .lines()
                .toList();
    }

    private String ask(String what, List<String> lines) {
        return ask(what, lines, ANSWER_ATMOST);
    }

    private String ask(String what, List<String> lines, Duration atMost) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/bench/" + what))
                .timeout(atMost)
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", lines)))
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(what + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(what + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
