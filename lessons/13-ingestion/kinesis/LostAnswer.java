package lesson13.kinesis;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Replaces one answer of the server by an error, as if a proxy between the two had lost it. */
final class LostAnswer implements ExecutionInterceptor {

    private static final int UNAVAILABLE = 503;

    boolean isDue;

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse answer, ExecutionAttributes attributes) {
        if (!isDue) {
            return answer.httpResponse();
        }
        isDue = false;
        return answer.httpResponse().toBuilder().statusCode(UNAVAILABLE).build();
    }
}
