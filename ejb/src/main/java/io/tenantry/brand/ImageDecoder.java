package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Kind;
import io.tenantry.brand.ImageUpload.Outcome;
import io.tenantry.brand.ImageUpload.Reason;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.LimitExceededException;
import io.tenantry.kernel.limits.TimeLimit;
import io.tenantry.kernel.limits.TimeLimitExceededException;
import io.tenantry.kernel.limits.WorkLimits;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes uploaded pictures outside of request threads, a few at a time and for a limited time: many or slow uploads delay only further
 * uploads. Work that timed out keeps its slot until it ends, so that it counts as long as it costs; a drawing ends before its next step. The
 * threads are used for nothing else, and the slots limit their number, so that no work with a slot waits for a thread.
 */
@ApplicationScoped
public class ImageDecoder {
    private static final int AT_ONCE = 2;
    private static final Duration TURN = Duration.ofSeconds(3);
    private static final Duration TIME = Duration.ofSeconds(10);

    private final Semaphore places;
    private final Duration turn;
    private final Duration time;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    @Nullable
    ManagedThreadFactory managedThreads;

    @Nullable
    ExecutorService executor;

    @Inject
    WorkLimits limits;

    public ImageDecoder() {
        this(AT_ONCE, TURN, TIME);
    }

    ImageDecoder(int atOnce, Duration turn, Duration time) {
        this.places = new Semaphore(atOnce, true);
        this.turn = turn;
        this.time = time;
    }

    @PostConstruct
    void begin() {
        executor = Executors.newCachedThreadPool(managedThreads);
    }

    /** Ends the threads; a drawing in progress ends before its next step. */
    @PreDestroy
    void end() {
        executor().shutdownNow();
    }

    /** Decodes an upload. */
    public Outcome of(Kind kind, byte[] upload) {
        return limited(() -> ImageUpload.of(kind, upload));
    }

    /** Decodes a raster upload; vector drawings are refused. */
    public Outcome rasterOf(Kind kind, byte[] upload) {
        return limited(() -> ImageUpload.rasterOf(kind, upload));
    }

    /** Limited so that one reseller does not take all slots. The permit is held until the work ends, even after its caller timed out. */
    private Outcome limited(Supplier<Outcome> work) {
        try {
            return inTurn(work, limits.take(HeavyWork.PICTURE)::close);
        } catch (LimitExceededException tooMuch) {
            return new Outcome.Refused(Reason.BUSY);
        }
    }

    /**
     * Does the work when a slot is free.
     *
     * @param ended runs once, when the work has ended or was not started
     */
    Outcome inTurn(Supplier<Outcome> work, Runnable ended) {
        var isSubmitted = false;
        try {
            if (!places.tryAcquire(turn.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome.Refused(Reason.BUSY);
            }
            var outcome = submit(work, ended);
            isSubmitted = true;
            return outcome.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome.Refused(Reason.BUSY);
        } catch (RejectedExecutionException full) {
            places.release();
            return new Outcome.Refused(Reason.BUSY);
        } catch (TimeoutException slow) {
            return new Outcome.Refused(Reason.TOO_SLOW);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("an image could not be decoded", failure.getCause());
        } finally {
            if (!isSubmitted) {
                ended.run();
            }
        }
    }

    private Future<Outcome> submit(Supplier<Outcome> work, Runnable ended) {
        return executor().submit(() -> {
            try {
                return TimeLimit.elapsed(time, work::get);
            } catch (TimeLimitExceededException slow) {
                return new Outcome.Refused(Reason.TOO_SLOW);
            } finally {
                places.release();
                ended.run();
            }
        });
    }

    private ExecutorService executor() {
        if (executor == null) {
            throw new IllegalStateException("not started");
        }
        return executor;
    }
}
