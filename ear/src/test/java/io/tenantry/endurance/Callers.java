package io.tenantry.endurance;

import io.tenantry.cluster.DatabaseProxy;
import io.tenantry.cluster.Figures;
import io.tenantry.cluster.Results;
import io.tenantry.endurance.Shops.Shop;
import io.tenantry.faults.Resellers;
import io.tenantry.isolation.RawConnection;
import io.tenantry.isolation.RawConnection.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * API clients that call both nodes in turn: lists, balances, and orders under an {@code Idempotency-Key}. A request without a timely response,
 * or with a retryable status, is sent to the other node, up to {@value #TRIES} times in all, after pauses that double up to two seconds. It
 * succeeded if one of these responses is right in status, reseller and content. A response that is neither right nor retryable counts as wrong
 * at once.
 */
final class Callers implements AutoCloseable {
    private static final int TRIES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LAST_PAUSE_MILLIS = 2_000;
    private static final Duration PAUSE = Duration.ofMillis(120);
    private static final int ORDER_EVERY = 60;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern PLAN = Pattern.compile("\"plan_id\":\"([0-9a-f-]{36})\"");

    private final NodeGroup nodeGroup;
    private final Shops shops;
    private final ExecutorService threads;
    private final Phaser atWork = new Phaser(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger rightAtOnce = new AtomicInteger();
    private final AtomicInteger rightLater = new AtomicInteger();
    private final AtomicInteger mostTries = new AtomicInteger();
    private final AtomicLong longestMillis = new AtomicLong();
    private final Map<String, Integer> otherAnswers = new ConcurrentHashMap<>();
    private volatile boolean isPaused = true;
    private volatile boolean isClosed;

    Callers(NodeGroup nodeGroup, Shops shops, int number, long seed) {
        this.nodeGroup = nodeGroup;
        this.shops = shops;
        threads = Executors.newFixedThreadPool(number);
        for (var i = 0; i < number; i++) {
            var random = new Random(seed + i);
            var name = "caller-" + i;
            threads.execute(() -> call(name, random));
        }
    }

    private void call(String name, Random random) {
        var orders = 0;
        while (!isClosed) {
            DatabaseProxy.pause(PAUSE);
            atWork.register();
            try {
                if (!isPaused) {
                    var shop = shops.all().get(random.nextInt(shops.all().size()));
                    // The first request of each caller is an order: chance alone might leave a short run without any.
                    if (orders == 0 || random.nextInt(ORDER_EVERY) == 0) {
                        order(shop, shop.slug() + "-" + name + "-" + orders++);
                    } else {
                        inspect(shop, random.nextInt(3));
                    }
                }
            } finally {
                atWork.arriveAndDeregister();
            }
        }
    }

    /** Resumes the callers. */
    void resume() {
        isPaused = false;
    }

    /** Stops the callers and waits until no request is running. */
    void pause() {
        isPaused = true;
        atWork.arriveAndAwaitAdvance();
    }

    private void inspect(Shop shop, int what) {
        switch (what) {
            case 0 -> get(shop, "vps?limit=5", answer -> answer.body().contains("\"name\":\"" + shop.slug() + "-"));
            case 1 -> get(shop, "billing/balance", answer -> answer.body().contains(shop.wallet()));
            default -> get(shop, "me", answer -> answer.body().contains("Member of " + shop.slug()));
        }
    }

    /** Sends an order, repeats it, and checks the result. */
    private void order(Shop shop, String name) {
        var plan = get(shop, "vps/plans", answer -> PLAN.matcher(answer.body()).find())
                .map(answer -> first(PLAN, answer));
        if (plan.isEmpty()) {
            return;
        }
        var body = "{\"name\":\"" + name + "\",\"plan_id\":\"" + plan.get() + "\",\"region\":\"mass\"}";
        var request = head("POST", shop, "vps") + "Idempotency-Key: " + name
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        shops.ordered(name);
        var made =
                send(request, answer -> answer.status() == 201 && answer.body().contains(name));
        if (made.isPresent()) {
            var id = first(ID, made.get());
            shops.answered(name, id);
            send(
                    request,
                    answer -> answer.status() == 201
                            && answer.body().equals(made.get().body()));
            get(shop, "vps/" + id, answer -> answer.body().contains(name));
        }
    }

    private Optional<Answer> get(Shop shop, String what, Predicate<Answer> isRight) {
        return send(head("GET", shop, what) + "\r\n", answer -> answer.status() == 200 && isRight.test(answer));
    }

    private static String head(String method, Shop shop, String what) {
        return method + " /api/v1/" + what + " HTTP/1.1\r\nHost: " + shop.slug()
                + ".localhost\r\nConnection: close\r\nAuthorization: Bearer " + shop.key() + "\r\n";
    }

    private static String first(Pattern pattern, Answer answer) {
        var found = pattern.matcher(answer.body());
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + answer);
        }
        return found.group(1);
    }

    private Optional<Answer> send(String request, Predicate<Answer> isRight) {
        var number = requests.getAndIncrement();
        var began = System.nanoTime();
        for (var attempt = 1; attempt <= TRIES; attempt++) {
            var answer = attempt(request, number + attempt);
            if (isRight.test(answer)) {
                (attempt == 1 ? rightAtOnce : rightLater).incrementAndGet();
                mostTries.accumulateAndGet(attempt, Math::max);
                longestMillis.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
                return Optional.of(answer);
            }
            otherAnswers.merge(answer.status() == 0 ? "none" : String.valueOf(answer.status()), 1, Integer::sum);
            if (!invitesToComeAgain(answer)) {
                Results.showOutcome(
                        "soak: a wrong answer to " + request.lines().findFirst().orElse("") + ": " + answer.status()
                                + " " + answer.body().lines().findFirst().orElse(""));
                return Optional.empty();
            }
            DatabaseProxy.pause(
                    Duration.ofMillis(Math.min(LAST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt - 1, 8))));
        }
        Results.showOutcome(
                "soak: no right answer to " + request.lines().findFirst().orElse(""));
        return Optional.empty();
    }

    private static boolean invitesToComeAgain(Answer answer) {
        return answer.status() == 0 || answer.status() >= 500 || answer.status() == 429;
    }

    private Answer attempt(String request, int turn) {
        var drawn = Resellers.NODES.get(turn % Resellers.NODES.size());
        var node = nodeGroup.isTrusted(drawn) ? drawn : nodeGroup.others(drawn).get(0);
        try (var rawConnection = new RawConnection(nodeGroup.address(node), PATIENCE)) {
            return rawConnection.sendAlone(request);
        } catch (IOException | IndexOutOfBoundsException unanswered) {
            return new Answer(0, "");
        }
    }

    /** The percentage of requests that eventually succeeded. */
    double rightInTheEndPercent() {
        return 100.0 * (rightAtOnce.get() + rightLater.get()) / Math.max(1, requests.get());
    }

    /** Requests that never succeeded. */
    int failed() {
        return requests.get() - rightAtOnce.get() - rightLater.get();
    }

    void tell(Figures figures) {
        figures.tell("requests", requests.get());
        figures.tell("requests_right_at_the_first_try", rightAtOnce.get());
        figures.tell("requests_right_after_more_tries", rightLater.get());
        figures.tell("requests_not_answered_right", failed());
        figures.tell(
                "requests_right_at_the_first_try_percent", 100.0 * rightAtOnce.get() / Math.max(1, requests.get()));
        figures.tell("requests_right_in_the_end_percent", rightInTheEndPercent());
        figures.tell("requests_most_tries", mostTries.get());
        figures.tell("requests_longest_ms", longestMillis.get());
        figures.tell("orders", shops.orders());
        new TreeMap<>(otherAnswers).forEach((status, times) -> figures.tell("answers_" + status, times));
    }

    @Override
    public void close() {
        isClosed = true;
        threads.shutdownNow();
    }
}
