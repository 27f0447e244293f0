package io.tenantry.cloud.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a provider's counter does, no transfer is counted twice. */
class TransferCounterTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "it rises                                  | 0    | 0 5 12         | 12",
                "it is read again and again                | 0    | 7 7 7          | 7",
                "it falls back for a while                 | 0    | 90 100 40 101  | 101",
                "it starts from zero in the middle         | 0    | 100 0 30       | 100",
                "it was reset in time                      | 3000 | 0 2 4          | 4",
                "it is reset late                          | 3000 | 3000 3000 1    | 1",
                "it keeps counting, and is reset late      | 2000 | 2000 2003 1 4  | 7",
                "it is never reset                         | 3000 | 3000 3007      | 7",
                "there was nothing before                  | 0    | 50             | 50"
            })
    void countsUsageFromReadings(String what, long before, String readings, long used) {
        var values = Arrays.stream(readings.strip().split(" +")).mapToLong(Long::parseLong);
        assertThat(after(before, values).used()).as(what).isEqualTo(used);
    }

    @Test
    void neverDecreases() {
        var random = new java.util.Random(20_261_122L);
        for (var run = 0; run < 200; run++) {
            var transferCounter = TransferCounter.begin(Optional.of((long) random.nextInt(50)), random.nextInt(100));
            var used = transferCounter.used();
            for (var step = 0; step < 30; step++) {
                transferCounter = transferCounter.read(random.nextInt(100));
                assertThat(transferCounter.used()).isGreaterThanOrEqualTo(used);
                used = transferCounter.used();
            }
        }
    }

    @Test
    void countsTheWholeFirstReadingWithoutAnEarlierOne() {
        assertThat(TransferCounter.begin(Optional.empty(), 300).used()).isEqualTo(300);
    }

    private static TransferCounter after(long before, LongStream readings) {
        var values = readings.toArray();
        var transferCounter = TransferCounter.begin(Optional.of(before), values[0]);
        for (var i = 1; i < values.length; i++) {
            transferCounter = transferCounter.read(values[i]);
        }
        return transferCounter;
    }
}
