package io.inferwatt.core.report.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where only calls are counted, as by a Prometheus server, and requests are asked for. */
class RemotePartTest {

    private static RemotePart part(double estimated, double unestimated) {
        return new RemotePart(9, 1, 90, 2, 0.2, 20, 0.5, 0.1, estimated, unestimated, 0, List.of("method"));
    }

    @Test
    void requestsOfOneCallEach_areWithoutEstimateAsTheirCallsAre() {
        RemotePart part = part(7, 3);
        assertThat(part.requestsWithoutEstimate(10)).isEqualTo(3);
        assertThat(part.isCountEstimated(10)).isFalse();
        assertThat(part.isCountEstimated(9.95))
                .as("a server extrapolates a little")
                .isFalse();
    }

    @Test
    void requestsOfSeveralCalls_areWithoutEstimateInTheSamePart_andThatIsSaid() {
        RemotePart part = part(15, 5);
        assertThat(part.requestsWithoutEstimate(10)).isCloseTo(2.5, within(1e-12));
        assertThat(part.isCountEstimated(10)).isTrue();
    }

    @Test
    void requestsThatAllHaveAnEstimate_areNoneWithout_howeverManyCallsTheyMake() {
        assertThat(part(20, 0).requestsWithoutEstimate(10)).isZero();
        assertThat(part(20, 0).isCountEstimated(10)).isFalse();
        assertThat(part(0, 0).requestsWithoutEstimate(0)).isZero();
    }
}
