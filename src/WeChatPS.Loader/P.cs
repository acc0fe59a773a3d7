namespace WeChatPS.Loader; internal static class Placeholder;
