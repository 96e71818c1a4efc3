package io.inferwatt.agent.instrumentation.tensorflow;

import org.jspecify.annotations.Nullable;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Asks native sessions for their devices. Where there are processors only, all is computed there; where there is a GPU the
 * library decides for each operation, and nobody can tell from outside.
 */
final class TensorFlowDevices {

    private static final String CPU = "cpu";
    private static final String CPU_TYPE = "CPU";

    private TensorFlowDevices() {}

    static @Nullable String of(TF_Session session) {
        try (TF_Status status = TF_Status.newStatus()) {
            return of(tensorflow.TF_SessionListDevices(session, status), status);
        }
    }

    static @Nullable String of(TFE_Context session) {
        try (TF_Status status = TF_Status.newStatus()) {
            return of(tensorflow.TFE_ContextListDevices(session, status), status);
        }
    }

    private static @Nullable String of(@Nullable TF_DeviceList devices, TF_Status status) {
        if (devices == null || devices.isNull()) {
            return null;
        }
        try {
            return areAllCpus(devices, status) ? CPU : null;
        } finally {
            tensorflow.TF_DeleteDeviceList(devices);
        }
    }

    private static boolean areAllCpus(TF_DeviceList devices, TF_Status status) {
        int count = tensorflow.TF_DeviceListCount(devices);
        for (int i = 0; i < count; i++) {
            if (!tensorflow.TF_DeviceListType(devices, i, status).getString().equals(CPU_TYPE)) {
                return false;
            }
        }
        return count > 0;
    }
}
