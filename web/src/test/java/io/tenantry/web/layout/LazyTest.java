package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyTest {
    private final AtomicInteger reads = new AtomicInteger();
    private final Lazy<Integer> lazy = new Lazy<>();

    @Test
    void readsOnceUntilForgotten() {
        assertThat(value()).isEqualTo(1);
        assertThat(value()).isEqualTo(1);
        lazy.forget();
        assertThat(value()).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("unchecked")
    void readsAgainAfterSessionDeserialization() throws IOException, ClassNotFoundException {
        assertThat(value()).isEqualTo(1);
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(lazy);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            var moved = (Lazy<Integer>) in.readObject();
            assertThat(moved.get(reads::incrementAndGet)).isEqualTo(2);
        }
    }

    private int value() {
        return lazy.get(reads::incrementAndGet);
    }
}
