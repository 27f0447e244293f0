package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyServersTest {
    private static final int MIB = 1_024 * 1_024;

    @TempDir
    Path folder;

    private Place place;
    private Guest guest;

    @BeforeEach
    void meet() {
        place = new Place(folder);
        guest = Guest.withKey();
    }

    @AfterEach
    void part() {
        guest.close();
        place.close();
    }

    @Test
    void fiftyAreVisitedAtOnceAndEachIsItself() throws Exception {
        var ids = servers(50);
        var open = new ArrayList<ClientSession>();
        for (var id : ids) {
            open.add(guest.login(place.account().shell(id)));
        }
        var asking = Executors.newFixedThreadPool(16);
        try {
            var answers = asking.invokeAll(open.stream()
                    .map(session -> (Callable<String>)
                            () -> Guest.run(session, "hostname", new byte[0]).text())
                    .toList());
            for (var i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("many-" + i + "\n");
            }
        } finally {
            asking.shutdownNow();
        }
        for (var session : open) {
            session.close();
        }
    }

    @Test
    void hundredsThatNobodyVisitsCostASocketEach() throws IOException {
        var ids = servers(300);
        place.account().shell(ids.get(0));
        var threads = Thread.activeCount();
        var before = usedMib();

        place.sandbox().wake();

        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
        assertThat(usedMib() - before).isLessThan(20);
        assertThat(guest.run(place.account().shell(ids.get(299)), "hostname").text())
                .isEqualTo("many-299\n");
    }

    @Test
    void eachHasAnAddressOfItsOwn() {
        servers(100);
        assertThat(place.account().servers())
                .extracting(providerServer -> providerServer.addresses().get(0))
                .doesNotHaveDuplicates()
                .noneMatch(address -> address.equals("127.0.0.1"));
    }

    private List<String> servers(int count) {
        var ids = IntStream.range(0, count)
                .mapToObj(i -> place.account()
                        .create(Place.wish("many-" + i, guest.line()))
                        .id())
                .toList();
        place.settle();
        return ids;
    }

    private static long usedMib() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MIB;
    }
}
