package io.tenantry.batch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.demo.CatchUp;
import io.tenantry.demo.Demo;
import io.tenantry.health.Readiness;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A demo serves nobody before its data exists. */
class DemoBootstrapTest {
    private final List<String> done = new ArrayList<>();
    private final Readiness readiness = new Readiness();
    private final DemoBootstrap bootstrap = new DemoBootstrap();
    private boolean isElsewhere;
    private boolean isBroken;

    @BeforeEach
    void prepare() {
        bootstrap.readiness = readiness;
        configure("true");
        bootstrap.catchUp = new DemoCatchUp() {
            @Override
            void run() {
                done.add("charged");
            }
        };
        bootstrap.demo = new Demo() {
            @Override
            public boolean settle(CatchUp charging, Consumer<String> progress) {
                if (isElsewhere) {
                    return false;
                }
                progress.accept("day 10 of 60");
                assertThat(readiness.isReady()).isFalse();
                if (isBroken) {
                    throw new IllegalStateException("no rates");
                }
                charging.run();
                return true;
            }
        };
        bootstrap.timers = (TimerService) Proxy.newProxyInstance(
                TimerService.class.getClassLoader(), new Class<?>[] {TimerService.class}, (self, method, arguments) -> {
                    done.add("again");
                    assertThat(((TimerConfig) arguments[1]).isPersistent()).isFalse();
                    return null;
                });
    }

    private void configure(String demo) {
        bootstrap.settings = new Settings(Map.of("tenantry.demo", demo)::get, name -> null);
    }

    @Test
    void createsDemoDataOnlyInDemo() {
        configure("false");
        bootstrap.start();
        assertThat(done).isEmpty();
        configure("true");
        bootstrap.start();
        assertThat(done).containsExactly("again");
    }

    @Test
    void waitsForMigration() {
        bootstrap.settle();
        assertThat(done).containsExactly("again");
        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    void nodeIsReadyOnceDemoIsCharged() {
        readiness.migrated();
        bootstrap.settle();
        assertThat(done).containsExactly("charged");
        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.doing()).isEqualTo("day 10 of 60");
    }

    @Test
    void waitsForOtherNodeCreatingDemo() {
        readiness.migrated();
        isElsewhere = true;
        bootstrap.settle();
        assertThat(done).containsExactly("again");
        assertThat(readiness.isReady()).isFalse();
        isElsewhere = false;
        bootstrap.settle();
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void failsReadinessWithReasonWhenDemoCannotBeCreated() {
        readiness.migrated();
        isBroken = true;
        bootstrap.settle();
        assertThat(done).as("the next start tries again, not this one").isEmpty();
        assertThat(readiness.isFailed()).isTrue();
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.doing()).isEqualTo("the demo could not be created: no rates");
    }
}
