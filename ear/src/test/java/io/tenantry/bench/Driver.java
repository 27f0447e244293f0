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

/** The other end of the driver in the server. */
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

    void happen(List<String> events) {
        ask("events", events);
    }

    /** Runs the hourly job; the time it took. */
    public Duration charge(Instant until) {
        return Duration.ofNanos(Long.parseLong(ask("charge", List.of(until.toString()))));
    }

    /** Says who sells, moves the clock on, and runs the job that issues documents; the time it took. */
    Duration invoice(Instant now) {
        return Duration.ofNanos(Long.parseLong(ask("invoice", List.of(now.toString()))));
    }

    /** Runs the job that issues documents until nothing may be claimed; the time it took. */
    public Duration issue() {
        return Duration.ofNanos(Long.parseLong(ask("issue", List.of())));
    }

    /** These tenants have one run for all hours that have passed, instead of one for each. */
    public void leap(List<String> tenants) {
        ask("leap", tenants);
    }

    /** Tenants of {@link #mass} say who they are, or nothing is issued. */
    public void sellers(List<String> tenants) {
        ask("sellers", tenants);
    }

    /** A tenant with that many equal wallets, each paying for that many servers of that price, activated now. */
    public void mass(String tenant, int wallets, int perWallet, String monthly, String credit) {
        ask(
                "mass",
                List.of(String.join(
                        "\t", tenant, String.valueOf(wallets), String.valueOf(perWallet), monthly, credit)));
    }

    /** A tenant as the console would make it; the time it took. */
    public Duration create(String tenant) {
        return Duration.ofNanos(Long.parseLong(ask("create", List.of(tenant))));
    }

    /** Removes a tenant with all that it has. */
    public void erase(String tenant) {
        ask("erase", List.of(tenant));
    }

    /** What the application does with the schemas when it starts. */
    public void start() {
        ask("start", List.of());
    }

    /** Only these tenants are charged from now on, and show themselves; all others are in maintenance. */
    public void show(List<String> tenants) {
        ask("show", tenants);
    }

    /** Opens what is due and works until nothing is left, whoever did it; the time it took. */
    public Duration work() {
        return Duration.ofNanos(Long.parseLong(ask("work", List.of())));
    }

    /** What the node's timer would do at that time: opens what is due, starts the job if there is work, and does not wait for it. */
    public void tick(Instant at) {
        ask("tick", List.of(at.toString()), TICKS_ATMOST);
    }

    /**
     * Works until nothing is left, again and again if it is disturbed; the time the last attempt took.
     *
     * @throws IllegalStateException the last disturbance, if there was one too many
     */
    public Duration workOnceMore(int attempts) {
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

    /** Starts, stops, restarts and abandons executions of the job at random, so many times; how often it was obeyed. */
    public String meddle(long seed, int times) {
        return ask("meddle", List.of(String.valueOf(seed), String.valueOf(times)));
    }

    /** Lets the auditor inspect the platform and all tenants; what it found. */
    public List<String> audit() {
        return ask("audit", List.of()).lines().toList();
    }

    /** Gives a tenant people, keys and canaries; see {@code Canaries.plant} for what it answers, parted by tabs. */
    public List<String> plantCanaries(String tenant) {
        return List.of(ask("isolation/canaries", List.of(tenant)).split("\t", -1));
    }

    /** Lets somebody in who operates the platform, with the password of all. */
    public void operator(String email) {
        ask("operator", List.of(email));
    }

    /** Leaves connections in the pool that are still this tenant. */
    public void poison(String tenant) {
        ask("isolation/poison", List.of(tenant));
    }

    /** Lets code with mistakes try to see another tenant's rows; what it saw. */
    public List<String> trespass(String own, String other) {
        return ask("isolation/trespass", List.of(own, other)).lines().toList();
    }

    /** So many transactions of tenants at random, on threads of the server; how many there were, then what was wrong, a line each. */
    public List<String> throng(List<String> tenants, int threads, int times, long seed) {
        return ask("isolation/throng?threads=" + threads + "&times=" + times + "&seed=" + seed, tenants)
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
